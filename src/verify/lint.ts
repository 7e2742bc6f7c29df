import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LintCheck, ManualStep, PackageProfile } from '../types.js'
import { packageManagers, type PackageManager } from '../packages/package-managers.js'
import type { HostCopies } from './host-copies.js'
import { runProgram, type ProgramRuns } from './run-program.js'

const MAX_DETAILS = 20

interface LintRun {
  passed: boolean
  /** What it printed that tells of one problem, each with its file and without its place there. */
  problems: string[]
}

/** A package of the host. */
export interface LintedPackage extends Pick<PackageProfile, 'manifest' | 'packageManager'> {
  /** Its folder, absolute. */
  root: string
}

/**
 * The host's own lint script over the changed host, in a copy, because such a script may correct
 * what it reads. Only problems that were not there before count.
 *
 * @param created files that the run has made, relative to the host's root
 */
export async function checkLint(
  host: LintedPackage,
  changed: ReadonlySet<string>,
  copies: HostCopies,
  runs: ProgramRuns,
): Promise<LintCheck> {
  if (!(await hasLintScript(host.root))) return skipped('There is no lint script')
  const manager = packageManagers[host.packageManager.value]
  const lint = (root: string): Promise<LintRun> => lintIn(root, manager, runs)

  runs.report({ detail: 'lint' })
  const after = await copies.after(lint)
  if (after.passed) return passed()
  runs.report({ detail: 'lint as it was before' })
  const before = await copies.before(lint)
  const known = new Set(before.problems)
  const fresh = after.problems.filter((problem) => !known.has(problem))
  if (!before.passed && before.problems.length === 0) {
    return skipped('The lint script failed before as well, without naming a problem')
  }
  if (!before.passed && fresh.length === 0) return passed()
  const details = fresh.slice(0, MAX_DETAILS)
  const isOwn = fresh.every((problem) => changed.has(fileOf(problem)))
  return {
    status: 'failed',
    details,
    steps: fresh.length > 0 && isOwn ? [stepFor(host, details)] : [],
  }
}

async function hasLintScript(root: string): Promise<boolean> {
  const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}')
  const { scripts } = JSON.parse(text) as { scripts?: Record<string, unknown> }
  return typeof scripts?.['lint'] === 'string'
}

async function lintIn(
  root: string,
  { command, runScript }: PackageManager,
  runs: ProgramRuns,
): Promise<LintRun> {
  const result = await runProgram(command, runScript('lint', root), { cwd: root, ...runs })
  return { passed: result.exitCode === 0, problems: problemsIn(result.output.replaceAll(root, '')) }
}

/** Linters print a file on a line of its own and its problems below, or both on one line. */
function problemsIn(output: string): string[] {
  const problems: string[] = []
  let file = ''
  for (const line of output.split('\n').map((text) => text.trimEnd())) {
    if (line === '' || SUMMARY.test(line)) continue
    if (/^\s/.test(line) || PLACE.test(line)) {
      problems.push(`${file} ${line.replace(PLACE, ' ').replace(/\s+/g, ' ').trim()}`.trim())
    } else file = line.replace(/^\/+/, '')
  }
  const errors = problems.filter((problem) => /\berror\b/i.test(problem))
  return errors.length > 0 ? errors : problems
}

/** Line and column: an edit above it moves an old problem. */
const PLACE = /\b\d+:\d+\b/g
const SUMMARY = /^\S* ?\d+ problems?\b|potentially fixable/

function stepFor({ manifest, packageManager }: LintedPackage, details: string[]): ManualStep {
  const found =
    'The linter has rules that the new code does not follow: correct that, or leave it out.'
  return {
    file: manifest,
    snippet: `${packageManagers[packageManager.value].run} lint`,
    reason: [found, ...details].join('\n  '),
  }
}

/** 'server/app.ts' of 'server/app.ts: error …' */
function fileOf(problem: string): string {
  return (problem.split(' ')[0] ?? '').replace(/:+$/, '')
}

function passed(): LintCheck {
  return { status: 'passed', details: [], steps: [] }
}

function skipped(why: string): LintCheck {
  return { status: 'skipped', details: [why], steps: [] }
}
