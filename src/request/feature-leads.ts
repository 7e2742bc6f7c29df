import type { Token } from './lexer.js'
import { isPlanName } from './names.js'
import type { WordPiece } from './pieces.js'
import { isMark, type Part } from './segments.js'

const VERB = /^(?:includes?|including|has|have|gets?|contains?|features|offers?|comes?|adds|with)$/
/** Stand beside the name of a plan, or in its place. */
const AROUND =
  /^(?:the|our|an?|also|what|what's|whats|which|that|it|this|these|you|you'll|is|in|all|every|each|both|everyone|everybody|key|main|plus|features?|benefits|perks|included|plans?|tiers?|packages?|levels?|paid|subscriptions?|subscribers?|customers?|users?|of|them)$/

/** What leads to a list: 'Pro includes', 'All plans have', 'Features:'. */
export interface Lead {
  words: WordPiece[]
  verb: Token | null
  colon: boolean
  rest: Part[]
}

/** Whether the words before a colon only lead to features: 'Pro includes', "what's included". */
export function leadsToFeatures(head: Part[]): boolean {
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  const last = words.at(-1)?.token
  if (!last || words.length < head.length) return false
  if (VERB.test(last.lower)) return true
  return (
    /^(?:features|benefits|perks|included|get|plus)$/.test(last.lower) &&
    words.every(({ token }) => isAround(token))
  )
}

/** Reads what leads to a list of features, or gives null. */
export function readLead(parts: Part[]): Lead | null {
  const end = parts.findIndex(
    (part) => isMark(part, ':') || isMark(part, 'dash') || (part.kind === 'word' && isVerb(part)),
  )
  const at = parts[end]
  const head = parts.slice(0, Math.max(end, 0))
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  if (!at || words.length < head.length)
    return startsList(parts) ? { words: [], verb: null, colon: false, rest: parts } : null
  const verb = at.kind === 'word' ? at.token : null
  const colon = parts.slice(end, end + 2).some((part) => isMark(part, ':'))
  if (!verb && words.every(({ token }) => isAround(token)) && !leadsToFeatures(words)) return null
  const rest = parts.slice(end + 1)
  return { words, verb, colon, rest: isMark(rest[0], ':') ? rest.slice(1) : rest }
}

// 'Everything in Free, plus SSO.'
function startsList([first, second]: Part[]): boolean {
  if (first?.kind !== 'word' || second?.kind !== 'word') return false
  const everything = /^(?:everything|all)$/.test(first.token.lower)
  return first.token.text === 'plus' || (everything && /^(?:in|of|from)$/.test(second.token.lower))
}

function isVerb({ token }: WordPiece): boolean {
  const { text, lower } = token
  return VERB.test(lower) && (text === lower || /^(?:includes|including)$/.test(lower))
}

/** Whether a word stands around the name of a plan and is none. */
export function isAround({ text, lower }: Token): boolean {
  return AROUND.test(lower) && (text === lower || !isPlanName(text))
}
