import type { Interval } from '../types.js'

/** A table's row as a line of words, with the prices that it has to be read as. */
interface Row {
  line: string
  name: string
  prices: { amount: string; interval: Interval }[]
}

const NAMES = /^(?:plans?|tiers?|names?|packages?)?$/i
const COLUMNS: [Interval, RegExp][] = [
  ['month', /^(?:price |billed )?(?:\/ ?)?(?:monthly|(?:per |a )?month|mo|price\/mo(?:nth)?)$/i],
  ['year', /^(?:price |billed )?(?:\/ ?)?(?:yearly|annually|annual|(?:per |a )?year|yr)$/i],
]
// Nothing but an amount: what stands beside one may change what it says.
const AMOUNT = /^(?:[$€£] ?\d+(?:\.\d\d)?|\d+(?:\.\d\d)? ?[€£$])$/
const NAME = /^\p{L}[\p{L}\p{M}\p{N} &+'-]{0,60}$/u

/**
 * A table with a column for each interval, "Plan | Monthly | Yearly", as lines of words; null where
 * there is none, or where a cell is anything but a plain amount. What is not certain stays a table.
 */
export function intervalColumnsInWords(text: string): { text: string; rows: Row[] } | null {
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    for (const separator of ['|', '\t']) {
      const columns = headerOf(cellsOf(line, separator))
      if (!columns) continue
      const rule = isRule(lines[at + 1] ?? '') ? 1 : 0
      const rows: Row[] = []
      let next = at + 1 + rule
      for (; (lines[next] ?? '').includes(separator); next++) {
        const row = rowOf(cellsOf(lines[next] ?? '', separator), columns)
        if (!row) return null
        rows.push(row)
      }
      if (rows.length === 0) return null
      const words = rows.map((row) => row.line)
      return { text: [...lines.slice(0, at), ...words, ...lines.slice(next)].join('\n'), rows }
    }
  }
  return null
}

function cellsOf(line: string, separator: string): string[] {
  const inner = separator === '|' ? line.trim().replace(/^\||\|$/g, '') : line
  return inner.split(separator).map((cell) => cell.replaceAll('**', '').trim())
}

function isRule(line: string): boolean {
  return /^[\s|:-]+$/.test(line) && line.includes('-')
}

function headerOf([first, ...others]: string[]): Interval[] | null {
  if (first === undefined || !NAMES.test(first) || others.length < 2) return null
  const intervals = others.map((cell) => COLUMNS.find(([, label]) => label.test(cell))?.[0])
  const known = intervals.filter((interval) => interval !== undefined)
  return known.length === others.length && new Set(known).size === known.length ? known : null
}

function rowOf([name, ...cells]: string[], intervals: Interval[]): Row | null {
  if (!name || !NAME.test(name) || cells.length !== intervals.length) return null
  if (cells.every((cell) => /^(?:free|[$€£]0)$/i.test(cell)))
    return { line: name.toLowerCase() === 'free' ? name : `${name}: free`, name, prices: [] }
  if (cells.every((cell) => /^(?:contact us|contact sales|custom)$/i.test(cell)))
    return { line: `${name}: contact us`, name, prices: [] }
  if (!cells.every((cell) => AMOUNT.test(cell))) return null
  const prices = cells.map((amount, at) => ({ amount, interval: intervals[at] ?? 'month' }))
  if (!isUsual(prices)) return null
  const words = prices.map(({ amount, interval }) => `${amount} per ${interval}`)
  return { line: `${name}: ${words.join(' or ')}`, name, prices }
}

// Many pages show a year's price by the month: "$29 | $24". Such a table has two readings.
function isUsual(prices: Row['prices']): boolean {
  const value = (interval: Interval): number =>
    Number(prices.find((price) => price.interval === interval)?.amount.replace(/[^\d.]/g, ''))
  const ratio = value('year') / value('month')
  return ratio >= 6 && ratio <= 12
}
