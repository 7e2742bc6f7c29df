import type { Token } from './lexer.js'
import { readNumber, type ReadNumber } from './numbers.js'

/** The number before a percent sign; a letter such as 'k' against it makes it doubtful. */
export function multiplied(token: Token): ReadNumber {
  const read = readNumber(token.text, null)
  return token.multiplier ? { ...read, doubt: 'not a percentage; write it like 20%' } : read
}
