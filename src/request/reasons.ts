// Why words are unclear, where several rules say the same. Each says what to write instead.

export const LATER_PRICE =
  'a price that changes after a while; write the price that stays, and a trial or a coupon for the beginning'

export const NO_INTERVAL =
  'not an interval that can be billed; write 1 to 999 days, weeks, months or years'

export const SEAT_LIMIT = 'a least or largest number of seats cannot be set; leave it out'

export const COMMA = 'the comma may separate thousands or decimals; write it like 1299.50'
