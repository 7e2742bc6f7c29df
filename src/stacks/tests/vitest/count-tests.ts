import { stripVTControlCharacters } from 'node:util'

/** Tests that have run; `failed` of them have failed. Skipped ones have not run. */
export interface TestCounts {
  done: number
  failed: number
}

/** A line of Vitest's verbose reporter: symbol, file, suites and name of one test. */
const PASSED = /^ *[✓√] .* > /
const FAILED = /^ *[×✗] .* > /

/**
 * Reads what Vitest's verbose reporter prints, piece by piece, and tells the counts so far: none
 * at first, then after each piece with a test in it.
 */
export function countTests(onCount: (counts: TestCounts) => void): (output: string) => void {
  const counts: TestCounts = { done: 0, failed: 0 }
  let rest = ''
  onCount({ ...counts })
  return (output) => {
    const lines = (rest + output).split('\n')
    rest = lines.pop() ?? ''
    const before = counts.done
    for (const line of lines.map((one) => stripVTControlCharacters(one))) {
      if (FAILED.test(line)) counts.failed += 1
      if (FAILED.test(line) || PASSED.test(line)) counts.done += 1
    }
    if (counts.done > before) onCount({ ...counts })
  }
}
