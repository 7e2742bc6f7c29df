import { describe, expect, it } from 'vitest'
import { movesOnlyOurs } from '../../src/verify/style/own-lines.js'

const ORIGINAL = ["import { c } from './c'", '', 'c()', ''].join('\n')
const EDITED = ["import { c } from './c'", "import { b } from './b'", '', 'c()', 'b()', ''].join(
  '\n',
)

const moves = (...styled: string[]): boolean =>
  movesOnlyOurs(ORIGINAL, EDITED, [...styled, ''].join('\n'))

describe('what the tools of a host make of its file', () => {
  it('may move what was added, and part it from the rest', () => {
    expect(moves("import { b } from './b'", "import { c } from './c'", '', 'c()', 'b()')).toBe(true)
    expect(
      moves("import { c } from './c'", '', "import { b } from './b'", '', 'c()', '', 'b()'),
    ).toBe(true)
  })

  it('may take no line of the host away, nor write it anew', () => {
    expect(moves("import { c } from './c'", "import { b } from './b'", 'c()', 'b()')).toBe(false)
    expect(moves("import { c } from './c';", "import { b } from './b'", '', 'c()', 'b()')).toBe(
      false,
    )
  })

  it('may add nothing anywhere else', () => {
    const spaced = ["import { c } from './c'", '', '', "import { b } from './b'", '', 'c()', 'b()']
    expect(moves(...spaced)).toBe(true)
    const original = `${ORIGINAL}d()\ne()\n`
    const edited = `${EDITED}d()\ne()\n`
    expect(movesOnlyOurs(original, edited, `${EDITED}d()\n\ne()\n`)).toBe(false)
  })

  it('may stand on what an edit has replaced', () => {
    const edited = ORIGINAL.replace('c()', 'wrap( c() )')
    expect(movesOnlyOurs(ORIGINAL, edited, ORIGINAL.replace('c()', 'wrap(c())'))).toBe(true)
  })
})
