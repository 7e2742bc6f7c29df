import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { execa } from 'execa'
import { testDatabase } from '../support/test-database.js'
import { CONFIG, type MutatedHost } from './mutated-host.js'

export interface TestRun {
  outcome: 'passed' | 'failed' | 'timed out'
  /** The first test that failed, or why its file could not run. */
  failure: { file: string; test: string; message: string } | null
  /** Milliseconds of each test file that ran to its end. */
  durations: Map<string, number>
  /** Milliseconds of the whole run. */
  wholeMs: number
  /** What the run printed, and its report. */
  output: string
}

/**
 * Runs generated tests up to the first failure, on a database of its own, so that what a
 * faulty run leaves behind is nobody else's.
 *
 * @param reachFolder where recording code leaves its notes
 */
export async function runTests(
  host: MutatedHost,
  order: readonly string[],
  limitMs: number,
  interruption: AbortSignal,
  reachFolder = '',
): Promise<TestRun> {
  const onServer = Boolean(process.env['TEST_DATABASE_URL'])
  const database = onServer ? await testDatabase(host.root) : null
  const report = join(host.root, `node_modules/.report-${randomUUID()}.json`)
  try {
    const child = execa(
      process.execPath,
      [
        ...['node_modules/vitest/vitest.mjs', 'run', '--config', CONFIG, ...order, '--bail=1'],
        ...['--reporter=json', `--outputFile=${report}`],
      ],
      {
        cwd: host.root,
        env: {
          TEST_ORDER: order.join(','),
          REACH_FOLDER: reachFolder,
          ...(database && { TEST_DATABASE_URL: database.url }),
        },
        all: true,
        detached: true,
        reject: false,
        stdin: 'ignore',
      },
    )
    const end = (): void => {
      if (child.exitCode === null && child.signalCode === null) endGroup(child.pid)
    }
    const timer = setTimeout(end, limitMs)
    interruption.addEventListener('abort', end)
    const started = performance.now()
    const result = await child
    const wholeMs = performance.now() - started
    interruption.removeEventListener('abort', end)
    clearTimeout(timer)
    interruption.throwIfAborted()
    const output = result.all ?? ''
    if (result.signal === 'SIGKILL') {
      return { outcome: 'timed out', failure: null, durations: new Map(), wholeMs, output }
    }
    const text = await readFile(report, 'utf8').catch(() => null)
    return {
      ...readReport(host, text),
      wholeMs,
      output: output + (text ?? ''),
      outcome: result.exitCode === 0 ? 'passed' : 'failed',
    }
  } finally {
    await rm(report, { force: true })
    await database?.drop()
  }
}

/** The run's workers too. */
function endGroup(pid: number | undefined): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

const LONGEST_MESSAGE = 2_000

interface Report {
  testResults: {
    name: string
    status: string
    message: string
    startTime: number
    endTime: number
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

function readReport(
  host: MutatedHost,
  text: string | null,
): Pick<TestRun, 'failure' | 'durations'> {
  const durations = new Map<string, number>()
  if (text === null) return { failure: null, durations }
  const { testResults } = JSON.parse(text) as Report
  let failure: TestRun['failure'] = null
  for (const result of testResults) {
    const name = relative(host.root, result.name)
    durations.set(name, result.endTime - result.startTime)
    if (failure || result.status !== 'failed') continue
    const failed = result.assertionResults.find(({ status }) => status === 'failed')
    failure = {
      file: name,
      test: failed?.fullName ?? 'a hook, or the file itself',
      message: (failed?.failureMessages?.[0] ?? result.message).slice(0, LONGEST_MESSAGE),
    }
  }
  return { failure, durations }
}
