import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shellQuote } from '../../src/cli/shell-quote.js'
import { cut, widthOf, wrap } from '../../src/cli/screen/wrap.js'

describe('text on the screen', () => {
  test('is never wider than the screen, and loses nothing when it is wrapped', () => {
    const words = fc.array(
      fc.constantFrom('a', 'server/middleware', '日本語', '  in', 'x'.repeat(50)),
    )
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 40 }), (all, columns) => {
        const text = all.join(' ')
        const lines = wrap(text, columns).split('\n')
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns)
      }),
    )
  })

  test('indents what goes on, and breaks nothing without a screen', () => {
    expect(wrap('  one two three', 10)).toBe('  one two\n    three')
    expect(wrap('x'.repeat(500), Infinity)).toBe('x'.repeat(500))
    expect(cut('abcdef', 4)).toBe('abc…')
  })
})

test('a quoted word is that word for the shell', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (word) => {
      fc.pre(!word.includes('\0'))
      const printed = execFileSync('sh', ['-c', `printf %s ${shellQuote(word)}`], {
        encoding: 'utf8',
      })
      expect(printed).toBe(word)
    }),
    { numRuns: 60, examples: [['Pro $29/mo'], ["it's"], ['-n'], ['<request>'], ['a\\b"c`d`']] },
  )
  expect(shellQuote('--server-dir')).toBe('--server-dir')
})
