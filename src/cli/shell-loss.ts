import { isDollar, type CurrencyReading, type ParsedRequest } from '../request/index.js'

/**
 * What a shell may have taken out of a request, as an open question; else the reading as it is.
 *
 * In double quotes `$29` is the second argument and a 9: "$29" arrives as "9", "$9" as nothing,
 * "$19.99" as "9.99", "$100" as "00", and "$0.01" as the name of the shell with ".01". So every
 * amount that no currency stands beside has two readings, unless the request names a currency that
 * `$` cannot stand for: "Prices in euros: Pro 29/mo" has lost none.
 */
export function shellLoss(words: string, parsed: ParsedRequest): ParsedRequest {
  const name = SHELL_NAME.exec(words)?.[1]
  if (name !== undefined) {
    return unclear(parsed, name, `a shell turned "$0" in double quotes into its name; ${REMEDY}`)
  }
  if (parsed.status === 'unclear') {
    const left = LEFT_OVER.exec(words)?.[1]
    if (left === undefined) return parsed
    const reason =
      'a part of the amount is missing; a shell turns "$9" in double quotes into nothing, and "$100" into "00"'
    return unclear(parsed, left, `${reason}: ${REMEDY}`)
  }
  const amounts = lossyAmounts(parsed.currency)
  if (amounts === null) return parsed
  const said = parsed.currency.named ? 'no currency stands beside it' : 'no currency is named'
  const reason = `${said}, and a shell turns "$29" in double quotes into "9"; ${REMEDY}`
  return unclear(parsed, amounts, reason)
}

const REMEDY =
  'put the request in single quotes with the sign before each amount, or write the code behind it, like 29 USD'

// '$0.01' as bash, zsh and the like leave it: '-bash.01', '/usr/bin/zsh.01'.
const SHELL_NAME = /(?:^|[\s(/+-])((?:ba|z|da|k|fi)?sh\.\d+)/
// 'Pro (/mo)' was 'Pro ($9/mo)', 'Pro 00/mo' was 'Pro $100/mo'.
const LEFT_OVER =
  /(?:^|[\s(:])(\/ ?(?:mo|month|yr|year|wk|week|day|seat|user)\b|0\d[\d.,]*(?= ?\/| per\b))/

function lossyAmounts({ currency, named, bare }: CurrencyReading): string | null {
  const [first] = bare
  const last = bare.at(-1)
  if (first === undefined || (named && !isDollar(currency))) return null
  return last === undefined || first === last ? first : `${first} … ${last}`
}

function unclear(parsed: ParsedRequest, text: string, reason: string): ParsedRequest {
  const others = parsed.status === 'unclear' ? parsed.unclear : []
  const assumptions = parsed.assumptions.filter(({ field }) => field !== 'currency')
  return { status: 'unclear', unclear: [{ text, reason }, ...others], assumptions }
}
