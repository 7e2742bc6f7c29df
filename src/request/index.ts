import { directionControl, visible } from '../invisible.js'
import { assemble, type ParsedRequest } from './assemble.js'
import { collect } from './collect.js'
import { DATA_REASON, readsAsData } from './data-text.js'
import { intervalColumnsInWords } from './interval-columns.js'
import { withoutLetter } from './letters.js'
import { tokenize } from './lexer.js'
import { readPhrases } from './phrases.js'
import { cutSegments } from './segments.js'
import { withSuggestions } from './suggestions.js'
import { cleanText, LONGEST_REQUEST, quote } from './text.js'

export type { ParsedRequest } from './assemble.js'
export type { CurrencyReading } from './amounts.js'
export { isDollar } from './currencies.js'
export { modelOf, type BillingModel } from './model.js'
export { priceTable } from './price-table.js'
export { slugOf } from './slug.js'

/**
 * Reads what somebody wants to sell. Money, intervals, quotas and trials are what the text says or a
 * listed assumption; where it can be read in two ways the answer is `unclear` and nothing is guessed.
 * Never throws; `trial: false` leaves out every trial.
 */
export function parseRequest(text: string, options: { trial?: boolean } = {}): ParsedRequest {
  return withSuggestions(text, parse(text, options), (other) => parse(other, options))
}

function parse(text: string, options: { trial?: boolean }): ParsedRequest {
  if (text.length > LONGEST_REQUEST) {
    const reason = `a request has at most ${LONGEST_REQUEST.toLocaleString('en-US')} characters; use --spec for a longer one`
    return { status: 'unclear', unclear: [{ text: quote(text, 0, 80), reason }], assumptions: [] }
  }
  const direction = directionControl(text)
  if (direction !== null) {
    const reason = `it has the invisible character ${direction}, which changes the order in which text is shown; take it out`
    return {
      status: 'unclear',
      unclear: [{ text: visible(quote(text, 0, 80)), reason }],
      assumptions: [],
    }
  }
  if (readsAsData(text)) {
    return {
      status: 'unclear',
      unclear: [{ text: quote(text, 0, 80), reason: DATA_REASON }],
      assumptions: [],
    }
  }
  const table = intervalColumnsInWords(text.replace(/\r\n?/g, '\n'))
  if (table) {
    const read = readText(table.text, options)
    const prices = table.rows.reduce((sum, row) => sum + row.prices.length, 0)
    const sold = read.status === 'ok' ? read.spec.tiers.flatMap((tier) => tier.prices).length : 0
    const named = read.status === 'ok' ? new Set(read.spec.tiers.map(({ name }) => name)) : null
    if (sold === prices && table.rows.every(({ name }) => named?.has(name))) return read
  }
  return readText(text, options)
}

function readText(text: string, options: { trial?: boolean }): ParsedRequest {
  const clean = withoutLetter(cleanText(text))
  const pieces = readPhrases(tokenize(clean))
  const collected = collect(cutSegments(pieces, clean), clean)
  return assemble(collected, pieces, clean, options.trial ?? true)
}
