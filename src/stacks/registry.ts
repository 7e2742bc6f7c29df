import { chartLibraries } from './charts/registry.js'
import { chartStack } from './charts/stack.js'
import { clientStacks } from './clients/registry.js'
import { databaseStacks } from './databases/registry.js'
import { serverStacks } from './servers/registry.js'
import { testStacks } from './tests/registry.js'

const stacks = {
  servers: serverStacks,
  databases: databaseStacks,
  clients: clientStacks,
  charts: chartLibraries.map(chartStack),
  tests: testStacks,
}

type Kind = keyof typeof stacks

/** @throws when there is no such stack; detection names only registered ones */
export function stackOf<Of extends Kind>(kind: Of, name: string): (typeof stacks)[Of][number] {
  const stack = stacks[kind].find((one) => one.name === name)
  if (!stack) throw new Error(`No stack ${name} under ${kind}`)
  return stack
}
