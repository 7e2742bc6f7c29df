import type { Check } from '../types.js'
import { localProgram } from './commands.js'
import type { Baseline } from './baseline.js'
import { runProgram, type ProgramRuns } from './run-program.js'

const MAX_DETAILS = 20

/**
 * The host's own type check over the changed host. Only errors that were not there before count:
 * when it reports any, the same check runs over the host as it was, and what both have is left out.
 */
export async function checkTypes(
  root: string,
  baseline: Baseline,
  runs: ProgramRuns,
): Promise<Check> {
  const tsc = localProgram(root, 'tsc')
  if (tsc === null) return { status: 'skipped', details: ['TypeScript is not installed here'] }
  const after = await typeErrors(tsc, root, runs)
  if (after.length === 0) return { status: 'passed', details: [] }
  const known = new Set(
    (await baseline.use((before) => typeErrors(tsc, before, runs))).map(withoutPlace),
  )
  const fresh = after.filter((error) => !known.has(withoutPlace(error)))
  if (fresh.length === 0) return { status: 'passed', details: [] }
  return { status: 'failed', details: fresh.slice(0, MAX_DETAILS) }
}

async function typeErrors(tsc: string, cwd: string, runs: ProgramRuns): Promise<string[]> {
  const { exitCode, output } = await runProgram(
    tsc,
    ['--noEmit', '--pretty', 'false', '--incremental', 'false'],
    { cwd, ...runs },
  )
  if (exitCode === 0) return []
  const errors = output.split('\n').filter((line) => /\berror TS\d+:/.test(line))
  return errors.length > 0 ? errors : [output.trim() || `The type check ended with ${exitCode}`]
}

/** An edit above it moves an old error to another line; it stays an old error. */
function withoutPlace(error: string): string {
  return error.replace(/\(\d+,\d+\)/, '')
}
