import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from '../../src/tree/diff.js'

describe('unifiedDiff', () => {
  it('shows a changed line in its context', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ''].join('\n')
    expect(unifiedDiff('a.txt', before, before.replace('5', 'five'))).toBe(
      'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n' +
        '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    )
  })

  it('shows a new file', () => {
    expect(unifiedDiff('new.ts', null, 'a\nb\n')).toBe(
      'diff --git a/new.ts b/new.ts\nnew file mode 100644\n--- /dev/null\n+++ b/new.ts\n' +
        '@@ -0,0 +1,2 @@\n+a\n+b\n',
    )
  })

  it('marks a missing last line break', () => {
    expect(unifiedDiff('a', 'x', 'x\n')).toContain(
      '@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n',
    )
  })

  it('is empty when nothing differs', () => {
    expect(unifiedDiff('a', 'x\r\n', 'x\r\n')).toBe('')
  })

  it('is what git apply makes the new file from', () => {
    const dir = mkdtempSync(join(tmpdir(), 'diff-'))
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd\r', '', '  e'), { maxLength: 40 })
    const text = fc
      .tuple(lines, fc.boolean())
      .map(([all, end]) => all.join('\n') + (end ? '\n' : ''))
    try {
      fc.assert(
        fc.property(text, text, (before, after) => {
          fc.pre(before !== after)
          writeFileSync(join(dir, 'f'), before)
          const patch = unifiedDiff('f', before, after)
          execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: dir, input: patch })
          expect(readFileSync(join(dir, 'f'), 'utf8')).toBe(after)
        }),
        { numRuns: 150 },
      )
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  it.each([
    'with blank.ts',
    'a"b.ts',
    'back\\slash',
    'tab\there',
    'line\nbreak',
    'é ü.ts',
    ' lead',
  ])('names the file %j so that git apply finds it', (name) => {
    const dir = mkdtempSync(join(tmpdir(), 'diff-'))
    try {
      const apply = (patch: string) =>
        execFileSync('git', ['apply', '-'], { cwd: dir, input: patch })
      apply(unifiedDiff(name, null, 'one\n'))
      apply(unifiedDiff(name, 'one\n', 'two\n'))
      expect(readFileSync(join(dir, name), 'utf8')).toBe('two\n')
    } finally {
      rmSync(dir, { recursive: true })
    }
  })

  it('takes files of 2,000 lines that have nothing in common', () => {
    const file = (prefix: string) =>
      Array.from({ length: 2000 }, (_, index) => `${prefix}${index}\n`).join('')
    const start = performance.now()
    const diff = unifiedDiff('f', file('a'), file('b'))
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(diff.split('\n')).toHaveLength(4005)
  })
})
