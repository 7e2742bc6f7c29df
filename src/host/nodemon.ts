import type { DetectionContext } from './context.js'

/** A nodemon that is given nothing to run. */
const BARE = /(^|\s)nodemon((\s+--?(watch|ext|e|w|quiet|q)(\s+[\w./,*][\w./,*-]*)?)*)\s*$/

/**
 * A script's command with what it runs written out: nodemon takes that from `nodemon.json`, or
 * from package.json, where the command does not say.
 */
export function writtenOut(context: DetectionContext, command: string): string {
  if (command.length > 1_000 || !BARE.test(command)) return command
  const { files, manifest } = context
  const own = objectIn(files.read(context.path('nodemon.json')))
  const inManifest = objectIn(files.read(manifest.path))?.['nodemonConfig']
  const settings = own ?? (isObject(inManifest) ? inManifest : {})
  const { exec, script } = settings
  if (typeof exec === 'string' && !exec.includes('"')) return `${command} --exec "${exec}"`
  return typeof script === 'string' ? `${command} ${script}` : command
}

function objectIn(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
