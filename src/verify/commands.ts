import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The path of a program that the host's packages bring, or null when it is not installed. */
export function localProgram(root: string, name: string): string | null {
  const file = process.platform === 'win32' ? `${name}.cmd` : name
  const path = join(root, 'node_modules', '.bin', file)
  return existsSync(path) ? path : null
}
