import { describe, expect, test } from 'vitest'
import { editsOf } from './code-mutants.js'
import { applyEdit, describeEdit, type Mutant } from './mutant.js'
import { sampleOf, seededRandom } from './sample.js'

/** What becomes of a piece of code, by operator. */
function mutations(source: string): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const edit of editsOf(source)) (found[edit.operator] ??= []).push(applyEdit(source, edit))
  return found
}

describe('faults in code', () => {
  test('turns comparisons, logic and conditions round', () => {
    expect(mutations('if (a >= 2 && b) go()')).toMatchObject({
      condition: ['if (!(a >= 2 && b)) go()'],
      logic: ['if (a >= 2 || b) go()'],
      comparison: ['if (a > 2 && b) go()'],
    })
    expect(mutations('const x = !a ? 1 : y').condition).toEqual(['const x = a ? 1 : y'])
  })

  test('moves a limit by far, and other numbers by one', () => {
    expect(mutations('const PAUSE_MS = 200')).toEqual({ constant: ['const PAUSE_MS = 2000'] })
    expect(mutations('const next = 200')).toEqual({ constant: ['const next = 201'] })
  })

  test('exchanges extremes, and leaves their names callable', () => {
    expect(mutations('const most = Math.max(a, b)')).toEqual({
      arithmetic: ['const most = Math.min(a, b)'],
    })
  })

  test('drops statements, returned values and defaults', () => {
    expect(mutations('await save(row)')).toEqual({ 'statement removed': [';'] })
    expect(mutations('function f() { return a ?? b }')).toEqual({
      'returned value': ['function f() { return null }'],
      default: ['function f() { return a }'],
    })
  })

  test('leaves types, log lines and texts for people alone', () => {
    const source = [
      "import { a } from './a.js'",
      "type Name = 'one' | 'two'",
      "log.info('charged twice', { count: 1 })",
      "throw new BillingError(code, 'Please try again.')",
    ].join('\n')
    expect(Object.keys(mutations(source))).toEqual(['statement removed'])
  })

  test('offers nothing that does not parse', () => {
    expect(mutations("const q = { ['a']: 1 }")['constant']).toContain("const q = { ['']: 1 }")
    expect(mutations('label: for (;;) break')).toEqual({})
  })
})

describe('faults in SQL', () => {
  const sql = (text: string): Record<string, string[]> => {
    const found = mutations(`q(\`${text}\`)`)
    delete found['statement removed']
    return Object.fromEntries(
      Object.entries(found).map(([name, texts]) => [name, texts.map((one) => one.slice(3, -2))]),
    )
  }

  test('makes conditions void without losing their parameters', () => {
    const found = sql('select a from t where id = $1 and (b is null or b > $2) order by c desc, d')
    expect(found['sql condition']).toEqual([
      'select a from t where (id = $1 or true) and (b is null or b > $2) order by c desc, d',
      'select a from t where id = $1 and ((b is null or b > $2) or true) order by c desc, d',
      'select a from t where id = $1 and (b is null or (b > $2 and false)) order by c desc, d',
    ])
    expect(found['sql order']).toEqual([
      'select a from t where id = $1 and (b is null or b > $2) order by c asc, d',
      'select a from t where id = $1 and (b is null or b > $2) order by c desc, d desc',
    ])
  })

  test('takes locks and conflict rules away', () => {
    expect(sql('select a from t limit 1 for update skip locked')['sql lock']).toEqual([
      'select a from t limit 1 for update ',
      'select a from t limit 1 ',
    ])
    expect(sql('insert into t (a) values ($1) on conflict (a) do nothing')['sql conflict']).toEqual(
      ['insert into t (a) values ($1) '],
    )
  })

  test('lets a column keep what it held', () => {
    const upsert =
      'insert into t as stored (a) values ($1) on conflict (a) do update set b = excluded.b where c'
    expect(sql(upsert)['sql assignment']).toEqual([upsert.replace('excluded.b', 'stored.b')])
  })

  test('takes the first of a coalesce and the other of two extremes', () => {
    expect(sql('select coalesce(f(a, b), c), least(d, e)')).toMatchObject({
      'sql default': ['select f(a, b), least(d, e)'],
      'sql function': ['select coalesce(f(a, b), c), greatest(d, e)'],
    })
  })

  test('leaves what is put into the text to the faults in code', () => {
    expect(sql("select ${'a' + one('x')} from t where b")['sql constant']).toBeUndefined()
  })
})

describe('the sample', () => {
  const source = 'a()\n'.repeat(30)
  const many: Mutant[] = ['one.ts', 'two.ts', 'two.ts'].flatMap((file, index) =>
    editsOf(source).map((edit) => ({
      ...describeEdit(file, source, edit),
      line: edit.start + 1000 * index,
    })),
  )

  test('has as many as were asked for, in proportion, one for each line', () => {
    const sample = sampleOf(many, 12, seededRandom(7))
    expect(sample.filter(({ file }) => file === 'one.ts')).toHaveLength(4)
    expect(sample.filter(({ file }) => file === 'two.ts')).toHaveLength(8)
    expect(new Set(sample.map(({ file, line }) => `${file}:${line}`)).size).toBe(12)
  })

  test('is the same for the same seed', () => {
    const places = (seed: number): number[] =>
      sampleOf(many, 12, seededRandom(seed)).map(({ line }) => line)
    expect(places(7)).toEqual(places(7))
    expect(places(7)).not.toEqual(places(8))
  })
})
