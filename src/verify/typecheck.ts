import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../types.js'
import { localProgram } from './commands.js'
import type { HostCopies, UseCopy } from './host-copies.js'
import { runProgram, type ProgramRuns } from './run-program.js'

const MAX_DETAILS = 20

/** Checks one project, and leaves nothing behind. */
const PROJECT = ['--noEmit', '--pretty', 'false', '--incremental', 'false']
/** Checks every project that is referred to. It writes what they are built into. */
const SOLUTION = ['--build', '--pretty', 'false']

/**
 * The host's own type check over the changed host. Only errors that were not there before count:
 * when it reports any, the same check runs over the host as it was, and what both have is left out.
 * Where tsconfig.json names no file at all nothing can be checked, and that is said.
 */
export async function checkTypes(
  root: string,
  copies: HostCopies,
  runs: ProgramRuns,
): Promise<Check> {
  const tsc = localProgram(root, 'tsc')
  if (tsc === null) return skipped('TypeScript is not installed here')
  if (!existsSync(join(root, 'tsconfig.json'))) return skipped('There is no tsconfig.json')
  runs.report({ detail: 'types' })
  const { files, references } = await projectOf(tsc, root, runs)
  if (files === 0 && references === 0) return skipped('tsconfig.json names no file to check')

  const isSolution = references > 0
  const args = isSolution ? SOLUTION : PROJECT
  const errorsIn = (folder: string): Promise<string[]> => typeErrors(tsc, args, folder, runs)
  const now: UseCopy = isSolution ? copies.after : (work) => work(root)
  const after = await now(errorsIn)
  if (after.length === 0) return { status: 'passed', details: [] }
  runs.report({ detail: 'types as they were before' })
  const known = new Set((await copies.before(errorsIn)).map(withoutPlace))
  const fresh = after.filter((error) => !known.has(withoutPlace(error)))
  if (fresh.length === 0) return { status: 'passed', details: [] }
  return { status: 'failed', details: fresh.slice(0, MAX_DETAILS) }
}

/** How many files the host's tsconfig.json takes in itself, and how many projects it refers to. */
async function projectOf(
  tsc: string,
  cwd: string,
  runs: ProgramRuns,
): Promise<{ files: number; references: number }> {
  const { exitCode, output } = await runProgram(tsc, ['--showConfig'], { cwd, ...runs })
  // TypeScript calls it an error when a project takes in no file at all.
  if (exitCode !== 0) return { files: /TS1800[23]\b/.test(output) ? 0 : 1, references: 0 }
  const config = JSON.parse(output) as { files?: unknown[]; references?: unknown[] }
  return { files: config.files?.length ?? 0, references: config.references?.length ?? 0 }
}

async function typeErrors(
  tsc: string,
  args: string[],
  cwd: string,
  runs: ProgramRuns,
): Promise<string[]> {
  const { exitCode, output } = await runProgram(tsc, args, { cwd, ...runs })
  if (exitCode === 0) return []
  const errors = output
    .split('\n')
    .filter((line) => /\berror TS\d+:/.test(line))
    .map((line) => withoutFolder(line, cwd))
  return errors.length > 0 ? errors : [output.trim() || `The type check ended with ${exitCode}`]
}

/** Some errors name files from the root of the disk; a copy of the host stands elsewhere. */
function withoutFolder(error: string, folder: string): string {
  return [realpathSync(folder), folder].reduce(
    (text, each) => text.replaceAll(`${each.replaceAll('\\', '/')}/`, ''),
    error,
  )
}

function skipped(why: string): Check {
  return { status: 'skipped', details: [why] }
}

/** An edit above it moves an old error to another line; it stays an old error. */
function withoutPlace(error: string): string {
  return error.replace(/\(\d+,\d+\)/, '')
}
