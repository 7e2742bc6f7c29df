import { reactRouter } from './react-router.js'
import type { RouterStack } from './router.js'
import { tanstackRouter } from './tanstack-router.js'
import { wouter } from './wouter.js'

/** A new router is one line here. */
export const routers: readonly RouterStack[] = [reactRouter, wouter, tanstackRouter]
