import { unsafeCharacter, visible } from '../invisible.js'
import type { HostProfile } from '../types.js'
import type { HostProblem } from './detection.js'
import { isRecord } from './manifest.js'

/**
 * Names that the generated code would take over (of tables, files, functions, packages) must read
 * as they are: one with an invisible character that commands a terminal or reorders the text
 * around it is refused. The folder's own path is the user's, and stands in no file.
 */
export function hiddenNames({ root: _, ...profile }: HostProfile): HostProblem | null {
  const name = textsIn(profile).find((text) => unsafeCharacter(text) !== null)
  if (name === undefined) return null
  return {
    code: 'hidden_characters',
    message: `The name "${visible(name).slice(0, 200)}" has the invisible character ${unsafeCharacter(name)}.`,
    hint: 'Rename it: with that character code reads otherwise than it is.',
    evidence: [],
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}
