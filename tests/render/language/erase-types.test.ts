import { describe, expect, it } from 'vitest'
import { formatterFor } from '../../../src/render/format.js'
import { eraseTypes } from '../../../src/render/language/erase-types.js'

/** As it stands in a host without semicolons. */
async function erased(text: string, path = 'a.js'): Promise<string | null | undefined> {
  const source = { path, text: eraseTypes(text, path) }
  const options = { semi: false, singleQuote: true, printWidth: 100 }
  const format = formatterFor({ tool: { value: 'none', source: 'assumed', evidence: [] }, options })
  return (await format([source])).get(source)
}

describe('types are erased', () => {
  it('with the comments that belong to them, and no others', async () => {
    const text = `import type { Pool } from 'pg'
// Of the file.

/** What a plan costs. */
interface Price { amount: number }

/** Of both. */
type Name = string

/** In minor units. */
export function amountOf(price: Price, times?: number): number {
  // As it was.
  return price.amount * (times ?? 1)
}
`
    expect(await erased(text)).toBe(`// Of the file.

/** In minor units. */
export function amountOf(price, times) {
  // As it was.
  return price.amount * (times ?? 1)
}
`)
  })

  it.each([
    ["import express, { type Request } from 'express'", "import express from 'express'\n"],
    ["import { a, type B } from './a.js'", "import { a } from './a.js'\n"],
    ["import { type A, b } from './a.js'", "import { b } from './a.js'\n"],
    ["import { type A } from './a.js'\nb()", 'b()\n'],
    ['const plans = [1] as const satisfies readonly number[]', 'const plans = [1]\n'],
    ['const name = user!.name as string', 'const name = user.name\n'],
    ['const known = new Map<string, number>()', 'const known = new Map()\n'],
    [
      "const url = process.env['SMTP_URL'] ?? env['A']",
      "const url = process.env.SMTP_URL ?? env['A']\n",
    ],
    ['class A { private readonly b: number = 1 }', 'class A {\n  b = 1\n}\n'],
    [
      'const f = async <T,>(work: () => Promise<T>): Promise<T> => work()',
      'const f = async (work) => work()\n',
    ],
  ])('of %j', async (text, expected) => {
    expect(await erased(text)).toBe(expected)
  })

  it('beside JSX', async () => {
    const text = 'export const Name = ({ name }: { name: string }) => <b>{name as string}</b>'
    expect(await erased(text, 'a.jsx')).toBe('export const Name = ({ name }) => <b>{name}</b>\n')
  })

  it('but nothing that is more than a type', () => {
    expect(() => eraseTypes('enum Plan { Free, Pro }', 'a.js')).toThrow(/a\.js has what JavaScript/)
  })
})
