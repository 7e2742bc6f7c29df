// Why words are unclear, where several rules say the same. Each says what to write instead.

export const LATER_PRICE =
  'a price that changes after a while; write the price that stays, and a trial or a coupon for the beginning'

export const NO_INTERVAL =
  'not an interval that can be billed; write 1 to 999 days, weeks, months or years'

export const SEAT_LIMIT = 'a least or largest number of seats cannot be set; leave it out'

export const COMMA = 'the comma may separate thousands or decimals; write it like 1299.50'

export const QUESTION = 'it is a question; write it as what you want'

export const QUESTION_BEHIND = 'a question mark follows; write it as what you want'

export const SPOKEN_AMOUNT = 'an amount in words; write it in digits, like $20'

export const UNCLOSED = 'the bracket is never closed; close it'

export const NOT_PRICED = 'no price for'

/** Why a name that nothing is charged for is unclear. */
export function notPriced(name: string): string {
  const quoted = `${NOT_PRICED} "${name.slice(0, 64)}"`
  const [number] = /(?<![^\s:])\d[\d.,]*$/.exec(name) ?? []
  return number
    ? `${quoted}; if ${number} is its price, write it with currency and interval, like $29/mo`
    : `${quoted}; write its price, "free" or "contact us"`
}
