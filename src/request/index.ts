import { assemble, type ParsedRequest } from './assemble.js'
import { collect } from './collect.js'
import { tokenize } from './lexer.js'
import { readPhrases } from './phrases.js'
import { cutSegments } from './segments.js'
import { cleanText, LONGEST_REQUEST, quote } from './text.js'

export type { ParsedRequest } from './assemble.js'
export { modelOf, type BillingModel } from './model.js'
export { priceTable, type PriceRow } from './price-table.js'
export { slugOf } from './slug.js'

/**
 * Reads what somebody wants to sell. Money, intervals, quotas and trials are what the text says or a
 * listed assumption; where it can be read in two ways the answer is `unclear` and nothing is guessed.
 * Never throws; `trial: false` leaves out every trial.
 */
export function parseRequest(text: string, options: { trial?: boolean } = {}): ParsedRequest {
  if (text.length > LONGEST_REQUEST) {
    const reason = `a request has at most ${LONGEST_REQUEST.toLocaleString('en-US')} characters; use --spec for a longer one`
    return { status: 'unclear', unclear: [{ text: quote(text, 0, 80), reason }], assumptions: [] }
  }
  const clean = cleanText(text)
  const pieces = readPhrases(tokenize(clean))
  const collected = collect(cutSegments(pieces, clean), clean)
  return assemble(collected, pieces, clean, options.trial ?? true)
}
