/**
 * Puts the tests of the generated code to the test: makes one small fault at a time in the
 * generated server code of a host copy, and counts the faults that the owner's tests and the deep
 * suite notice, or the owner's alone.
 *
 *   npm run mutants -- [--count 150] [--seed 1] [--only webhooks/,models/] [--hosts 2] [--suite owner]
 *
 * An interrupted run reports what it has found so far.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { discard } from '../support/discard.js'
import { equivalenceOf } from './equivalent.js'
import { applyEdit, type Mutant } from './mutant.js'
import { copyOf, generatedHost, mutantsOf, type MutatedHost } from './mutated-host.js'
import { printReport, scoreOf, type Status, type Verdict } from './report.js'
import { Reach } from './reach.js'
import { sampleOf, seededRandom } from './sample.js'
import { TestOrder } from './test-order.js'
import { runTests, type TestRun } from './test-run.js'

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '150' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    hosts: { type: 'string', default: '2' },
    suite: { type: 'string', default: 'both' },
  },
})

const BASELINE_LIMIT_MS = 10 * 60_000
const SHORTEST_LIMIT_MS = 3 * 60_000

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interruption.abort(new Error(`Ended by ${signal}`)))
}

const hosts = [await generatedHost(options.suite === 'owner' ? 'owner' : 'both')]
try {
  const [host] = hosts as [MutatedHost]
  const others = Array.from({ length: Number(options.hosts) - 1 }, (_, index) =>
    copyOf(host, String(index + 1)),
  )
  hosts.push(...(await Promise.all(others)))
  await main(host, hosts)
} finally {
  await Promise.all(hosts.map(({ root }) => discard(root)))
}

async function main(host: MutatedHost, hosts: readonly MutatedHost[]): Promise<void> {
  const parts = options.only.split(',')
  const all = (await mutantsOf(host)).filter(({ file }) =>
    parts.some((part) => file.includes(part)),
  )
  const queue = sampleOf(all, Number(options.count), seededRandom(Number(options.seed)))
  console.log(`${queue.length} of ${all.length} mutants, seed ${options.seed}`)

  const reach = await Reach.record(host, (folder) => baseline(host, folder))
  // All copies at once, as later: tests that fail under this load would kill without a reason.
  const runs = await Promise.all(hosts.map((copy) => baseline(copy)))
  const durations = runs[0]?.durations ?? new Map<string, number>()
  const wholeMs = Math.max(...runs.map((run) => run.wholeMs))
  console.log(`The tests of the unchanged code pass, in ${Math.round(wholeMs / 1000)} s`)

  const order = new TestOrder(durations)
  const limitMs = Math.max(SHORTEST_LIMIT_MS, 5 * wholeMs)
  const verdicts: Verdict[] = []
  const work = async (copy: MutatedHost): Promise<void> => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const tests = order.of(reach.testsFor(mutant), mutant.file)
      const verdict = await judge(copy, mutant, tests, limitMs)
      if (verdict.by) order.killed(mutant.file, verdict.by.file)
      verdicts.push(verdict)
      printProgress(verdicts.length, verdict)
    }
  }
  const total = queue.length
  const finished = Promise.all(hosts.map(work)).then(() => baseline(host))
  await finished.catch(async (error: unknown) => {
    if (verdicts.length > 0) await report(verdicts, total)
    throw error
  })
  await report(verdicts, total)
}

async function report(verdicts: readonly Verdict[], wanted: number): Promise<void> {
  printReport(verdicts)
  if (verdicts.length < wanted) console.log(`Ended after ${verdicts.length} of ${wanted} mutants`)
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-mutants-'))
  const found = { seed: Number(options.seed), ...scoreOf(verdicts), verdicts }
  await writeFile(join(folder, 'report.json'), JSON.stringify(found, null, 2))
  console.log(`Seed ${options.seed}; every mutant: ${join(folder, 'report.json')}`)
}

async function baseline(host: MutatedHost, reachFolder = ''): Promise<TestRun> {
  const run = await runTests(host, host.tests, BASELINE_LIMIT_MS, interruption.signal, reachFolder)
  if (run.outcome === 'passed') return run
  const failure = run.failure ? Object.values(run.failure).join('\n') : run.output.slice(-4000)
  throw new Error(
    `The tests of the unchanged code do not pass, so no kill means anything.\n${failure}`,
  )
}

/** A machine that is busy with other things must not be taken for a test that noticed a fault. */
async function judge(
  host: MutatedHost,
  mutant: Mutant,
  tests: string[],
  limitMs: number,
): Promise<Verdict> {
  if (tests.length === 0) return { mutant, status: 'unreached', by: null, seconds: 0 }
  const first = await tryOut(host, mutant, tests, limitMs)
  if (!(await isDoubtful(host, first, limitMs))) return first
  const second = await tryOut(host, mutant, tests, limitMs)
  const isKilled = second.status === 'killed'
  return isKilled && (await isDoubtful(host, second, limitMs))
    ? { ...second, status: 'survived' }
    : second
}

/** Whether a mutant was given up for the time it took, or by a test that fails without it as well. */
async function isDoubtful(host: MutatedHost, verdict: Verdict, limitMs: number): Promise<boolean> {
  if (verdict.status === 'timed out') return true
  if (verdict.status !== 'killed' || !verdict.by) return false
  const run = await runTests(host, [verdict.by.file], limitMs, interruption.signal)
  return run.outcome !== 'passed'
}

async function tryOut(
  host: MutatedHost,
  mutant: Mutant,
  tests: string[],
  limitMs: number,
): Promise<Verdict> {
  const path = join(host.root, mutant.file)
  const source = await readFile(path, 'utf8')
  const started = performance.now()
  try {
    await writeFile(path, applyEdit(source, mutant))
    const run = await runTests(host, tests, limitMs, interruption.signal)
    const status = statusOf(mutant, run)
    return { mutant, status, by: run.failure, seconds: secondsSince(started) }
  } finally {
    await writeFile(path, source)
  }
}

function statusOf(mutant: Mutant, run: TestRun): Status {
  if (run.outcome === 'passed') return equivalenceOf(mutant) ? 'equivalent' : 'survived'
  // The JSON report has no other message of a test that was given up for its time.
  const givenUp = /\b(?:Test|Hook) timed out in \d+ ?ms|STACK_TRACE_ERROR|due to timeout/
  const tookTooLong = givenUp.test(run.failure?.message ?? '')
  if (run.outcome === 'timed out' || tookTooLong) return 'timed out'
  const unreadable = /\b42601\b|\b42P18\b|syntax error at or near|could not determine data type/
  return mutant.operator.startsWith('sql') && unreadable.test(run.output) ? 'broken' : 'killed'
}

function printProgress(done: number, { mutant, status, by, seconds }: Verdict): void {
  const place = `${mutant.file}:${mutant.line}`
  const test = by ? `${by.file}: ${by.test}` : ''
  console.log(`${done}. ${status} ${place} (${mutant.operator}) ${seconds} s ${test}`)
}

function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10
}
