import { existsSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A workspace's packages lie no deeper below its root than this. */
const MOST_LEVELS = 4

/**
 * The path of a program that the packages of the one in `folder` bring, or those of its workspace;
 * null when it is not installed. It is looked for in no folder of another user, nor in those that
 * hold more than one repository.
 */
export function localProgram(folder: string, name: string): string | null {
  const file = process.platform === 'win32' ? `${name}.cmd` : name
  const owner = statSync(folder).uid
  let at = folder
  for (let level = 0; level < MOST_LEVELS; level++) {
    const path = join(at, 'node_modules', '.bin', file)
    if (existsSync(path)) return path
    at = dirname(at)
    if ([homedir(), tmpdir(), dirname(at)].includes(at) || statSync(at).uid !== owner) break
  }
  return null
}
