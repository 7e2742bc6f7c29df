import type { Edit } from './mutant.js'

/**
 * Faults in SQL that stands in a TypeScript literal.
 *
 * A condition is made true (or false behind `or`) beside what it was, not taken away: PostgreSQL
 * refuses a parameter that is never used, and a fault that cannot run proves nothing.
 *
 * @param source the literal's text without its quotes
 * @param holes the substitutions in it, which are left alone
 */
export function sqlEdits(source: string, holes: readonly [number, number][]): Edit[] {
  const text = masked(source, holes)
  return [
    ...replacements(text, /\bskip locked\b/gi, 'sql lock', () => ''),
    ...replacements(text, /\bfor update( skip locked| nowait)?\b/gi, 'sql lock', () => ''),
    ...calls(text, /\bpg_try_advisory_xact_lock\(/gi).map(({ start, end }) =>
      edit('sql lock', start, end, 'true'),
    ),
    ...replacements(text, /\bon conflict[^;]*?do nothing\b/gi, 'sql conflict', () => ''),
    ...conditions(source, text),
    ...comparisons(text),
    ...orders(source, text),
    ...functions(source, text),
    ...assignments(source, text),
    ...constants(source, text),
  ]
}

export function isSql(text: string): boolean {
  return /^\s*(select|insert|update|delete|with)\s|excluded\.|at time zone|hashtextextended|\sas "/i.test(
    text,
  )
}

/** As long as the source: holes and constants as words, comments as blanks. */
function masked(source: string, holes: readonly [number, number][]): string {
  let text = source
  for (const [start, end] of holes) {
    text = text.slice(0, start) + '_'.repeat(end - start) + text.slice(end)
  }
  return text
    .replace(/--[^\n]*/g, (comment) => ' '.repeat(comment.length))
    .replace(/'([^']*)'/g, (_, inside: string) => `'${'_'.repeat(inside.length)}'`)
}

const END_OF_CONDITION =
  /^(?:and|or|order|group|limit|for|returning|having|union|end|when|then|else|set|on|where)\b/i

function conditions(source: string, text: string): Edit[] {
  return matches(text, /\b(where|and|or)\b/gi).flatMap(({ word, start, end }) => {
    if (/\bbetween\s+\S+\s+$/i.test(text.slice(0, start))) return []
    const from = end + (text.slice(end).match(/^\s*/)?.[0].length ?? 0)
    const to = endOfPart(text, from, END_OF_CONDITION)
    if (to === from) return []
    const dropped = word === 'or' ? 'and false' : 'or true'
    const edits = [edit('sql condition', from, to, `(${source.slice(from, to)} ${dropped})`)]
    if (word !== 'where') edits.push(edit('sql logic', start, end, word === 'and' ? 'or' : 'and'))
    return edits
  })
}

const COMPARISONS: Record<string, string> = {
  '>=': '>',
  '<=': '<',
  '>': '>=',
  '<': '<=',
  '<>': '=',
  'is null': 'is not null',
  'is not null': 'is null',
  'is not distinct from': 'is distinct from',
  'is distinct from': 'is not distinct from',
}

function comparisons(text: string): Edit[] {
  const pattern = /(?<![-=<>])(?:>=|<=|<>|[<>])(?![=>])|\bis (?:not )?(?:null|distinct from)\b/gi
  return replacements(text, pattern, 'sql comparison', (found) => COMPARISONS[found])
}

function orders(source: string, text: string): Edit[] {
  return matches(text, /\border by\s+/gi).flatMap(({ end }) => {
    const to = endOfPart(text, end, /^(?:limit|for|returning|offset)\b/i)
    return parts(text, end, to).map(([from, until]) => {
      const item = source.slice(from, until)
      const turned = /\sdesc$/i.test(item) ? item.replace(/\sdesc$/i, ' asc') : `${item} desc`
      return edit('sql order', from, until, turned)
    })
  })
}

function functions(source: string, text: string): Edit[] {
  const defaults = calls(text, /\bcoalesce\(/gi).map(({ start, end, inside }) => {
    const [first] = parts(text, inside, end - 1)
    return edit('sql default', start, end, source.slice(...(first ?? [start, end])))
  })
  const extremes = replacements(text, /\b(?:least|greatest)(?=\()/gi, 'sql function', (name) =>
    name === 'least' ? 'greatest' : 'least',
  )
  const distinct = replacements(text, /\bselect distinct\b/gi, 'sql function', () => 'select')
  return [...defaults, ...extremes, ...distinct]
}

/** A column that keeps what it held. */
function assignments(source: string, text: string): Edit[] {
  const stored = /\bas stored\b/i.test(text) ? 'stored.' : ''
  const pattern =
    /(?<=(?:\bset|,)\s+)("?\w+"?)(\s*=\s*)(?:excluded\.\w+|excluded\."\w+"|now\(\)|null|'_*')(?=\s*(?:,|where\b|returning\b|$))/gi
  return [...text.matchAll(pattern)].map((match) => {
    const end = match.index + match[0].length
    const column = source.slice(match.index, match.index + (match[1]?.length ?? 0))
    return edit('sql assignment', match.index, end, `${column} = ${stored}${column}`)
  })
}

function constants(source: string, text: string): Edit[] {
  const words = matches(text, /'_+'/g)
    .filter(({ start }) => !/\binterval\s*$/i.test(text.slice(0, start)))
    .map(({ start, end }) => edit('sql constant', start, end, "'mutant'"))
  const numbers = matches(source, /(?<![\w$."])\d+(?![\w."])/g)
    .filter(({ start }) => !/\b(?:limit|select)\s*$/i.test(text.slice(0, start)))
    .filter(({ start }) => /\d/.test(text.charAt(start)) || inInterval(text, start))
    .map(({ word, start, end }) => edit('sql constant', start, end, String(Number(word) + 1)))
  const flags = replacements(text, /\b(?:true|false)\b/gi, 'sql constant', (found) =>
    found === 'true' ? 'false' : 'true',
  )
  return [...words, ...numbers, ...flags]
}

function inInterval(text: string, at: number): boolean {
  return /\binterval\s*'_*$/i.test(text.slice(0, at))
}

function edit(operator: string, start: number, end: number, replacement: string): Edit {
  return { operator, start, end, replacement }
}

function matches(text: string, pattern: RegExp): { word: string; start: number; end: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function replacements(
  text: string,
  pattern: RegExp,
  operator: string,
  replace: (found: string) => string | undefined,
): Edit[] {
  return matches(text, pattern).flatMap(({ word, start, end }) => {
    const replacement = replace(word.replace(/\s+/g, ' '))
    return replacement === undefined ? [] : [edit(operator, start, end, replacement)]
  })
}

/** Function calls: where they stand and where their arguments begin. */
function calls(text: string, opening: RegExp): { start: number; end: number; inside: number }[] {
  return matches(text, opening).map(({ start, end }) => ({
    start,
    inside: end,
    end: endOfPart(text, end, /^$/) + 1,
  }))
}

/** Where a part ends: before a bracket that it did not open, or one of these words at its level. */
function endOfPart(text: string, from: number, terminator: RegExp): number {
  let depth = 0
  let at = from
  for (; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth < 0 || (depth === 0 && character === ';')) break
    const wordStarts = at > from && /\W/.test(text.charAt(at - 1))
    if (depth === 0 && wordStarts && terminator.test(text.slice(at, at + 12))) break
  }
  return from + text.slice(from, at).trimEnd().length
}

/** The parts between the commas of one level, without the blanks around them. */
function parts(text: string, from: number, to: number): [number, number][] {
  const found: [number, number][] = []
  let depth = 0
  let start = from
  for (let at = from; at <= to; at += 1) {
    const character = at === to ? ',' : text.charAt(at)
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (character !== ',' || depth > 0) continue
    const part = text.slice(start, at)
    const blank = part.length - part.trimStart().length
    found.push([start + blank, start + part.trimEnd().length])
    start = at + 1
  }
  return found
}
