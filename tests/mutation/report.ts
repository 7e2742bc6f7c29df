import { equivalenceOf } from './equivalent.js'
import type { Mutant } from './mutant.js'
import { groups } from './sample.js'

/**
 * `unreached`: no test enters the function, so the mutant survives without a run.
 * `broken`: PostgreSQL could not read the SQL, so the mutant proves nothing and does not count.
 */
export type Status = 'killed' | 'timed out' | 'survived' | 'unreached' | 'equivalent' | 'broken'

export interface Verdict {
  mutant: Mutant
  status: Status
  /** The test that noticed. */
  by: { file: string; test: string } | null
  seconds: number
}

export interface Score {
  killed: number
  counted: number
  percent: number
}

/** Those argued to be equivalent are left out of it, and named. */
export function scoreOf(verdicts: readonly Verdict[]): Score {
  const counted = verdicts.filter(({ status }) => status !== 'equivalent' && status !== 'broken')
  const killed = counted.filter(
    ({ status }) => status === 'killed' || status === 'timed out',
  ).length
  return { killed, counted: counted.length, percent: percentOf(killed, counted.length) }
}

export function printReport(verdicts: readonly Verdict[]): void {
  printTable('file', verdicts, ({ mutant }) => mutant.file)
  printTable('operator', verdicts, ({ mutant }) => mutant.operator)
  for (const status of ['survived', 'unreached', 'equivalent', 'broken'] as const) {
    const found = verdicts.filter((verdict) => verdict.status === status)
    if (found.length > 0) console.log(`\n${status}: ${found.length}`)
    for (const { mutant } of found) printMutant(mutant)
  }
  const { killed, counted, percent } = scoreOf(verdicts)
  const timedOut = verdicts.filter(({ status }) => status === 'timed out').length
  console.log(
    `\nScore: ${killed} of ${counted} mutants killed, ${percent} %: ` +
      `${killed - timedOut} by a test that failed, ${timedOut} by taking too long, twice`,
  )
}

function printMutant(mutant: Mutant): void {
  console.log(`  ${mutant.file}:${mutant.line} (${mutant.operator})`)
  console.log(`    - ${shortened(mutant.before)}`)
  console.log(`    + ${shortened(mutant.after)}`)
  const reason = equivalenceOf(mutant)?.reason
  if (reason) console.log(`    = ${reason}`)
}

function printTable(
  title: string,
  verdicts: readonly Verdict[],
  key: (verdict: Verdict) => string,
): void {
  console.log(`\n${title.padEnd(50)} killed  timed out  survived  other`)
  for (const [name, found] of [...groups(verdicts, key)].sort()) {
    const count = (...wanted: Status[]): string =>
      String(found.filter(({ status }) => wanted.includes(status)).length)
    const columns = [
      count('killed').padStart(6),
      count('timed out').padStart(9),
      count('survived', 'unreached').padStart(8),
      count('equivalent', 'broken').padStart(5),
    ]
    console.log(`${name.padEnd(50)} ${columns.join('  ')}`)
  }
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)} …` : text
}
