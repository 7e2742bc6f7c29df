import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { HostProfile } from '../types.js'
import { packageManagers } from '../packages/package-managers.js'
import type { HostCopies } from './host-copies.js'
import { runProgram, type ProgramRuns } from './run-program.js'
import type { ReadOwnTests } from './test-run.js'

/** Milliseconds. Tests that wait for a database that is not there can wait for ever. */
const LIMIT = 300_000
const LAST_LINES = 10
const MAX_NAMES = 20
const WATCHES = /--watch(All)?\b(?!=false)|\bnodemon\b|\bchokidar\b/

/** What became of the host's own tests. */
export interface OwnTestsCheck {
  status: 'passed' | 'failed' | 'skipped'
  details: string[]
  passed: number
}

interface OwnRun {
  /** Null when they did not end in time. */
  exitCode: number | null
  passed: number
  failures: string[]
  lastLines: string[]
}

type Host = Pick<HostProfile, 'root' | 'packageManager' | 'server' | 'tests'>

/**
 * Runs the host's own tests by its script, in copies, since tests leave behind what they like.
 * They may fail; they may not fail where they passed before.
 *
 * @param read what the runner's output says; null where the runner is not known
 */
export async function checkOwnTests(
  host: Host,
  read: ReadOwnTests | null,
  copies: HostCopies,
  runs: ProgramRuns,
): Promise<OwnTestsCheck> {
  const { script } = host.tests
  if (script === null) return skipped('There is no script that runs your own tests')
  if (read === null)
    return skipped(`What the script ${script} runs is not known, so it was not run`)
  if (WATCHES.test(await commandOf(host, script))) {
    return skipped(`The script ${script} watches files and does not end, so it was not run`)
  }
  const run = (root: string): Promise<OwnRun> => runIn(root, host, script, read, runs)
  runs.report({ detail: 'your own tests' })
  const after = await copies.after(run)
  if (after.exitCode === 0) return { status: 'passed', details: [], passed: after.passed }
  if (after.exitCode === null)
    return skipped('Your own tests did not end, so they were not compared')
  runs.report({ detail: 'your own tests as they were before' })
  return compared(await copies.before(run), after)
}

function compared(before: OwnRun, after: OwnRun): OwnTestsCheck {
  const { passed } = after
  const known = new Set(before.failures)
  const fresh = after.failures.filter((name) => !known.has(name))
  if (before.exitCode === 0 || fresh.length > 0) {
    const details = fresh.length > 0 ? fresh.slice(0, MAX_NAMES) : after.lastLines
    return { status: 'failed', details: details.map((one) => `Your own tests: ${one}`), passed }
  }
  if (before.exitCode !== null && after.passed < before.passed) {
    const counts = `${before.passed} passed before, and ${after.passed} pass now`
    return { status: 'failed', details: [`Your own tests: ${counts}`], passed }
  }
  return { status: 'passed', details: ['Your own tests failed before as well'], passed }
}

async function runIn(
  root: string,
  { packageManager, server }: Host,
  script: string,
  read: ReadOwnTests,
  runs: ProgramRuns,
): Promise<OwnRun> {
  const manager = packageManagers[packageManager.value]
  const cwd = join(root, server.package.dir)
  const limit = AbortSignal.timeout(LIMIT)
  const signal = AbortSignal.any([runs.signal, limit])
  try {
    const args = manager.runScript(script, cwd)
    const result = await runProgram(manager.command, args, { ...runs, signal, cwd })
    const output = stripVTControlCharacters(result.output).replaceAll('\r\n', '\n')
    const lines = output.split('\n').filter((line) => line.trim() !== '')
    return { exitCode: result.exitCode, ...read(output), lastLines: lines.slice(-LAST_LINES) }
  } catch (error) {
    runs.signal.throwIfAborted()
    if (!limit.aborted) throw error
    return { exitCode: null, passed: 0, failures: [], lastLines: [] }
  }
}

async function commandOf({ root, server }: Host, script: string): Promise<string> {
  const text = await readFile(join(root, server.package.manifest), 'utf8').catch(() => '{}')
  const { scripts } = JSON.parse(text.replace(/^\uFEFF/, '')) as {
    scripts?: Record<string, string>
  }
  return scripts?.[script] ?? ''
}

function skipped(why: string): OwnTestsCheck {
  return { status: 'skipped', details: [why], passed: 0 }
}
