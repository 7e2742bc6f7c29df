import { expect, it } from 'vitest'
import { applyInsertions } from '../../src/patch/insertion.js'
import { openSource } from '../../src/patch/source.js'

it.each(['const a = <p />\n', 'const a = <number>b\n'])(
  'is a miss where the file could not be parsed any more: %s',
  async (text) => {
    const source = await openSource(text)
    expect(applyInsertions(source, [{ at: 0, text: 'call()\n' }])).toBe(`call()\n${text}`)
    expect(() => applyInsertions(source, [{ at: 0, text: 'call(,)\n' }])).toThrow(
      expect.objectContaining({ code: 'breaks_the_file' }) as Error,
    )
  },
)
