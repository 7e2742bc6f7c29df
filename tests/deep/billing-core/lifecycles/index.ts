import { changing } from './changing.js'
import { ending } from './ending.js'
import { paying } from './paying.js'
import { purchasing } from './purchasing.js'
import type { Lifecycle } from './lifecycle.js'

export type { Lifecycle } from './lifecycle.js'
export const lifecycles: Lifecycle[] = [...paying, ...ending, ...changing, ...purchasing]
