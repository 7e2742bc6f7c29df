import { describe, expect, it } from 'vitest'
import { ndjsonReporter } from '../../src/cli/ndjson-reporter.js'
import { printableReporter } from '../../src/cli/printable-reporter.js'
import type { Reporter } from '../../src/cli/reporter.js'

/** A reporter that keeps what it is given. */
function recorder(): { reporter: Reporter; given: unknown[] } {
  const given: unknown[] = []
  const keep = (...values: unknown[]): void => void given.push(...values)
  const reporter = { detail: keep, error: keep, unclear: keep, plan: keep, phase: keep }
  return { reporter: printableReporter(reporter as unknown as Reporter), given }
}

describe('what people are shown', () => {
  it('names what would reorder or command the terminal, wherever it stands', () => {
    const { reporter, given } = recorder()
    reporter.detail('src/\u202egnp.ts\u0007\u001b[2Jx')
    reporter.unclear([{ text: 'a\u2066b', reason: 'c\u009bd' }])
    reporter.error({ code: 'x', message: 'one\rtwo\r\n\tthree', hint: 'ק\u200f' })
    expect(given).toEqual([
      'src/<U+202E>gnp.ts<U+0007>x',
      [{ text: 'a<U+2066>b', reason: 'c<U+009B>d' }],
      { code: 'x', message: 'one<U+000D>two\r\n\tthree', hint: 'ק<U+200F>' },
    ])
  })

  it('includes diffs, and leaves work that is handed over as it is', () => {
    const { reporter, given } = recorder()
    const work = async (): Promise<void> => {}
    reporter.plan({} as never, new Map([['a\u202e', '+b\u202e']]))
    void reporter.phase('plan', 'Planning', work)
    expect(given).toEqual([{}, new Map([['a<U+202E>', '+b<U+202E>']]), 'plan', 'Planning', work])
  })
})

describe('what programs are given', () => {
  it('is JSON with such characters as escapes, and the same text when it is read', () => {
    const lines: string[] = []
    const message = 'a\u202eb\u009bc\u0007\n'
    ndjsonReporter((line) => lines.push(line)).error({ code: 'x', message, hint: '' })
    expect(lines.join('')).toContain('"a\\u202eb\\u009bc\\u0007\\n"')
    expect(JSON.parse(lines.join(''))).toMatchObject({ message })
  })
})
