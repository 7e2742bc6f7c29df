import type { HostEdit } from '../../../features/contribution.js'
import { insertProperty } from '../../../packages/json-edit.js'
import { parseJsonObject } from '../../../packages/json-text.js'
import type { HostProfile } from '../../../types.js'

/** What Vitest asks of @types/node, where a host has it: 18, 20, or 22 and later. */
export function isTakenByVitest(range: string | null): boolean {
  const major = Number(/\d+/.exec(range ?? '')?.[0] ?? NaN)
  return Number.isNaN(major) || major === 18 || major === 20 || major >= 22
}

/**
 * npm refuses to install Vitest beside another @types/node, though its code does not need it; it is
 * told to take the host's. The other package managers say so and go on.
 */
export function takeTypesOfNode({ tests, server }: HostProfile): HostEdit[] {
  const { dir, installDir, packageManager, manifest } = server.package
  const isNpms = packageManager.value === 'npm' && dir === installDir
  if (!tests.apart?.overridesTypes || !isNpms) return []
  return [
    {
      file: manifest,
      apply: (text) => Promise.resolve(edited(text ?? '')),
    },
  ]
}

function edited(text: string): Awaited<ReturnType<HostEdit['apply']>> {
  const overrides = parseJsonObject(text)?.properties.find(({ name }) => name === 'overrides')
  if (Object.hasOwn(Object(overrides?.value) as object, 'vitest')) return { status: 'unchanged' }
  const value = { '@types/node': '$@types/node' }
  const content = insertProperty(text, 'overrides', 'vitest', value)
  return { status: 'changed', content, anchor: 'overrides' }
}
