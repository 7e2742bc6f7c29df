import type { Token } from './lexer.js'
import { REQUEST_WORDS } from './vocabulary.js'

// Beside a trial these praise it, or say only that there is one.
const PLAIN = new Set(
  `free full full-featured fully-featured featured generous risk-free no-risk risk obligation
  available included comes come comes-with get gets has starts start begins begin offered offers
  new signup sign-up sign signups card cards credit required requires requiring needed without no try our period length
  lasts after before automatically automatic standard default extended short long access them there
  people must pay day days week month must first everyone every whole entire initial they do not-needed
  per person account accounts trial trials afterwards feature features enjoy comes lasting runs
  have had given give granted get-started started before-you-buy evaluate test it out none`.split(
    /\s+/,
  ),
)

// Of the words that ask for something, those that say who or how much.
const LIMITS =
  /^(?:some|few|several|multiple|between|from|different|various|where|who|off|only-some)$/

/** Whether a word beside a trial may make it another one, or one for some people only. */
export function changesTrial(token: Token): boolean {
  if (token.kind === 'symbol') return false
  if (LIMITS.test(token.lower)) return true
  return !PLAIN.has(token.lower) && !REQUEST_WORDS.has(token.lower)
}
