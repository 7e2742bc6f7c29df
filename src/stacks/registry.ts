import type { Stack } from '../features/contribution.js'
import { chartLibraries } from './charts/registry.js'
import { chartStack } from './charts/stack.js'
import { react } from './clients/react/index.js'
import { pg } from './databases/pg/index.js'
import { express } from './servers/express/index.js'
import { vitest } from './tests/vitest/index.js'

const stacks: readonly Stack[] = [express, pg, react, ...chartLibraries.map(chartStack), vitest]

/** @throws when there is no such stack; detection names only registered ones */
export function stackOf(kind: Stack['kind'], name: string): Stack {
  const stack = stacks.find((one) => one.kind === kind && one.name === name)
  if (!stack) throw new Error(`No stack ${name} under ${kind}`)
  return stack
}
