import type { QuantityPiece } from './pieces.js'
import { measureOf, plural, singular } from './units.js'

// Words for the same thing.
const SYNONYMS = [
  'call request hit query lookup operation invocation execution run',
  'message sms text',
  'email e-mail mail message',
].map((group) => new Set(group.split(' ')))

/**
 * Why a quantity may be the quota of a price in another unit, null when it is something else:
 * '$0.10 per GB, first 1 TB free' would have to be converted, and '10k requests free' may be the calls
 * that are priced.
 *
 * @param text the quantity as it stands in the request
 * @param priced what the price is for: 'GB of storage'
 */
export function otherUnitReason(
  { unit, included }: QuantityPiece,
  text: string,
  priced: string,
): string | null {
  if (unit === null) return null
  const [one, other] = [measureOf(unit), measureOf(priced)]
  if (one && other && one.kind === other.kind && one.unit !== other.unit) {
    // '100 GB storage' beside a price per MB of traffic.
    if (one.of && other.of && one.of !== other.of) return null
    const [measure = ''] = priced.split(' ')
    const twoWays = one.kind === 'data' ? ' (by 1000 or by 1024)' : ''
    return `"${unit}" would have to be converted to what is priced${twoWays}; write the number in ${plural(measure)}`
  }
  if (one || other) return null
  const [noun, counted] = [nounOf(unit), nounOf(priced)]
  const alike = SYNONYMS.some((group) => group.has(noun) && group.has(counted))
  const free = included && /\b(?:free|first)\b/i.test(text)
  if (!alike && !free) return null
  return `it does not say whether these are what is priced per ${singular(priced)}; write the same word for both`
}

function nounOf(unit: string): string {
  return singular(unit.split(' ').at(-1) ?? '').toLowerCase()
}
