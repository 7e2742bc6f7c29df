import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { localProgram } from '../../../verify/commands.js'
import { runProgram, type ProgramRuns } from '../../../verify/run-program.js'
import { countTests } from './count-tests.js'
import { THE_FILE_ITSELF, type TestFile, type TestRun } from '../../../verify/test-run.js'

interface VitestReport {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

/**
 * All tests that the host's Vitest finds, read from its JSON report. `config` is the file that it
 * is told to read, null for the host's own; `only` a test file to run alone. That comes at the end; what
 * it prints meanwhile is counted.
 */
export async function runVitest(
  root: string,
  config: string | null,
  runs: ProgramRuns,
  only?: string,
): Promise<TestRun> {
  const vitest = localProgram(root, 'vitest')
  if (vitest === null) return { files: [], broken: 'Vitest is not installed here' }
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-tests-'))
  try {
    const report = join(folder, 'report.json')
    const counted = countTests((counts) => runs.report({ detail: 'tests', ...counts }))
    const { output } = await runProgram(
      vitest,
      [
        'run',
        ...(only === undefined ? [] : [only]),
        ...(config === null ? [] : ['--config', config]),
        ...['--reporter=json', `--outputFile=${report}`, '--reporter=verbose'],
      ],
      { cwd: root, ...runs, onOutput: counted },
    )
    const text = await readFile(report, 'utf8').catch(() => null)
    if (text === null) return { files: [], broken: output.trim().slice(-2000) }
    const base = await realpath(root)
    const { testResults } = JSON.parse(text) as VitestReport
    return { files: testResults.map((one) => fileOf(one, base)), broken: null }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fileOf(result: VitestReport['testResults'][number], root: string): TestFile {
  const messageOf = (text: string | undefined): string => firstLine(text).replaceAll(`${root}/`, '')
  const failures = result.assertionResults
    .filter((one) => one.status === 'failed')
    .map((one) => ({ name: one.fullName, message: messageOf(one.failureMessages?.[0]) }))
  if (result.status === 'failed' && failures.length === 0) {
    failures.push({ name: THE_FILE_ITSELF, message: messageOf(result.message) })
  }
  return {
    path: relative(root, result.name).replaceAll('\\', '/'),
    passed: result.assertionResults.filter((one) => one.status === 'passed').length,
    failures,
    skipped: result.assertionResults
      .filter((one) => one.status === 'skipped')
      .map((one) => one.fullName),
  }
}

function firstLine(text: string | undefined): string {
  return text?.trim().split('\n')[0] ?? 'failed'
}
