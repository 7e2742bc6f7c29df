import type { ReadName } from './names.js'
import type { Offer } from './offer.js'
import { SEAT_WORDS } from './vocabulary.js'

// In lower case these go on with the sentence: 'then $9 after', '$10 for everyone else'.
const GOES_ON =
  /^(?:after|afterwards|beyond|over|above|below|under|else|then|first|second|next|last|later|earlier|now|today|tomorrow|more|less|rest|other|others|thereafter|billed|invoiced|paid|payable|charged|due)$/
// A cap or a floor where usage is priced: '$0.01 per call, max $100'.
const BOUNDS = /^(?:max|min)$/
const BOUND = /^(?:maximum|minimum|cap|floor|ceiling|limit)\b/
// A quarter of pricing pages ends in '$290 for the year'.
const TIME = /^(?:year|month|week|day|quarter|annum)$/
const TIME_INSIDE = /\b(?:years?|months?|weeks?|days?|quarters?|nights?|hours?)\b/
// '1-10 seats $10/seat', '10+ users'.
const COUNTED = /^\d[\d.,]*k?\s*(?:[-\u2013\u2014+]|to)\s*$/i
const GROUPS =
  /^(?:(?:existing|new|current|old|all|early) )?(?:students?|teachers?|educators?|non-?profits?|charities|customers?|subscribers?|members?|users?|viewers?|guests?|readers?|visitors?|birds?|adopters?|everyone|everybody|anyone|alumni|seniors?|kids?|children|adults?|admins?)$/
const GIVEN =
  /\b(?:donations?|donate|tips?|refunds?|cashback|deposits?|penalty|penalties|shipping|handling|postage|surcharge)\b/i
const ADDED = /^optional\b|\badd-?ons?\b/i
const PAYS = /\b(?:pays?|paying)$/
const CREDIT = /\bcredits?$/i

/** Whether lower-case words name people rather than a plan. */
export function isGroup(words: string): boolean {
  return GROUPS.test(words)
}

// 'each additional seat $9/mo', 'Extra seats: $9/mo'.
function isSeat(name: string, overage: boolean): boolean {
  const words = name.toLowerCase().split(/\s+/)
  const extra = overage || /^(?:extra|additional|more|further|another)$/.test(words[0] ?? '')
  const last = words.at(-1) ?? ''
  if (words.length === 1 && /^seats?$/.test(last)) return true
  return extra && words.length < 3 && SEAT_WORDS.has(last)
}

/** Why the words before (or behind) a price are no name of something sold; null when they may be. */
export function nameDoubt(
  read: ReadName,
  offer: Offer,
  text: string,
  metered: boolean,
): string | null {
  const { name } = read
  const written = text.slice(read.start, read.end)
  const words = offer.lead.filter(({ token }) => token.kind === 'word')
  const pays = PAYS.test(words.map(({ token }) => token.lower).join(' '))
  if (pays) return `"${name}" may be who pays this, or a plan of that name`
  const lower = written === written.toLowerCase()
  if (lower && isGroup(written)) return `"${name}" may be who this is for, or a plan of that name`
  if (/^\d[\d.,]*$/.test(name) || /:\s*\d[\d.,]*$/.test(name))
    return 'a number where a name should be; write the name of the plan'
  const colon = /^([^:]{1,40}):\s/.exec(written)
  if (colon)
    return `"${colon[1] ?? ''}" before the colon may be a heading or part of the name; leave it out, or put the name in quotes`
  if (COUNTED.test(name))
    return 'a price that depends on how many are bought; write one price per seat or unit'
  if (TIME.test(name.toLowerCase()))
    return `"${name}" is no name; write how often it is charged, like $9/mo`
  const goesOn =
    lower &&
    (GOES_ON.test(written) ||
      BOUND.test(written) ||
      (metered && BOUNDS.test(written)) ||
      TIME_INSIDE.test(written))
  if (goesOn)
    return `"${written}" may be a plan, or change what another price says; write a name in quotes, or leave it out`
  if (isSeat(name, offer.overage))
    return 'seats on top of a plan cannot be set; write a price per seat, or a fixed price'
  if (ADDED.test(name))
    return `"${name}" comes on top of a plan, or is one; only plans, usage and one-time purchases can be sold`
  if (GIVEN.test(name) || CREDIT.test(written))
    return `"${name}" may be no plan that is sold; leave it out, or put its name in quotes`
  if (/^first [a-z\d]/i.test(name))
    return `"${name}" may be a plan, or change what another price says; write a name in quotes, or leave it out`
  if (/^(?:everything|anything|all) (?:in|of|from)\b/i.test(name)) {
    return `"${name}" is a list of features where a name should be`
  }
  return null
}
