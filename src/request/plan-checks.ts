import type { TierPrice } from '../types.js'
import { sameName, type Collected, type Entry } from './entries.js'
import type { Findings } from './findings.js'
import { isPlanName, LONGEST_NAME, SHORTEST_NAME } from './names.js'
import { slugOf } from './slug.js'
import { periodOf } from './spec-rules.js'
import { NAME_NOUNS, SEAT_WORDS } from './vocabulary.js'
import { SEAT_LIMIT } from './reasons.js'

/** Notes names that are given twice or do not fit at Polar. */
export function checkNames(collected: Collected, findings: Findings): void {
  const { entries } = collected
  entries.forEach((entry, at) => {
    const first = entries.slice(0, at).find((other) => looksLike(other.name, entry.name))
    if (first)
      findings.doubt(
        first.start,
        entry.end,
        `"${entry.name}" is named twice; give each plan its own name`,
      )
    if (entry.name.length > LONGEST_NAME) {
      findings.doubt(
        entry.start,
        entry.end,
        `a name has at most ${LONGEST_NAME} characters at Polar`,
      )
    }
    if (entry.name.length < SHORTEST_NAME) {
      findings.assume(
        `tiers.${slugOf(entry.name)}.name`,
        entry.name,
        `Polar wants ${SHORTEST_NAME} characters or more: name its product "${entry.name} plan" there`,
      )
    }
  })
}

// Letters of other alphabets that are drawn as Latin ones are: nobody could tell the plans apart.
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x',
  і: 'i', ј: 'j', ѕ: 's', α: 'a', β: 'b', ε: 'e', η: 'h', ι: 'i', κ: 'k', μ: 'm', ν: 'v', ο: 'o',
  ρ: 'p', τ: 't', υ: 'y', χ: 'x',
} // prettier-ignore

function looksLike(a: string, b: string): boolean {
  const drawn = (name: string): string =>
    [...name.normalize('NFKC').toLowerCase()].map((char) => LOOKALIKES[char] ?? char).join('')
  return sameName(a, b) || drawn(a) === drawn(b)
}

/** Notes seats that come with a price for each seat. */
export function checkSeats(entry: Entry, prices: TierPrice[], findings: Findings): void {
  if (!prices.some((price) => price.perSeat)) return
  const limit = entry.features.find((feature) => isSeatLimit(feature))
  if (limit !== undefined) {
    findings.note(limit, SEAT_LIMIT)
  }
  for (const { unit, start, end } of entry.quantities) {
    if (!unit?.split(' ').some((word) => SEAT_WORDS.has(word.toLowerCase()))) continue
    findings.doubt(
      start,
      end,
      'a number of seats beside a price per seat cannot be set; write the price per seat alone, or one fixed price',
    )
  }
}

// 'up to 20 users' beside a price for each of them.
function isSeatLimit(feature: string): boolean {
  const [, noun = ''] =
    /^(?:up to|max\.?|maximum|min\.?|minimum|at least|from) \d[\d.,]* (\p{L}+)/iu.exec(feature) ??
    []
  return SEAT_WORDS.has(noun.toLowerCase())
}

/** Notes prices of one plan that exclude each other. */
export function checkPrices(entry: Entry, prices: TierPrice[], findings: Findings): void {
  const seen = new Set<string>()
  for (const price of prices) {
    const key = periodOf(price)
    if (seen.has(key))
      findings.doubt(
        entry.start,
        entry.end,
        `"${entry.name}" has two prices for one interval; write one`,
      )
    seen.add(key)
  }
  if (new Set(prices.map((price) => price.perSeat)).size > 1) {
    findings.doubt(
      entry.start,
      entry.end,
      'one price is per seat and another is not; write /seat behind both, or name two plans',
    )
  }
}

/** Notes a lower-case word with a price among names with capitals: 'Pro $29/mo, fixed $9'. */
export function checkOddNames(collected: Collected, findings: Findings): void {
  const sold = collected.entries.filter((entry) => !entry.unnamed && entry.written !== '')
  const plain = sold.filter(({ written }) => isLower(written) && !isKnown(written))
  if (!sold.some(({ written }) => /^\p{Lu}/u.test(written))) return
  for (const { name, start, end } of plain) {
    const reason = `"${name}" may be a name, or say something of another price; write a name with a capital`
    findings.doubt(start, end, reason)
  }
}

function isLower(written: string): boolean {
  return /^\p{Ll}/u.test(written) && written === written.toLowerCase()
}

function isKnown(written: string): boolean {
  const words = written.split(/\s+/)
  return words.some((word) => isPlanName(word)) || NAME_NOUNS.has(words.at(-1) ?? '')
}
