import type { Token } from './lexer.js'
import type { WordPiece } from './pieces.js'
import { capitalised } from './units.js'
import {
  CONNECTORS,
  KIND_WORDS,
  NAME_NOUNS,
  NAME_STARTERS,
  PLAN_NAMES,
  REQUEST_WORDS,
  THINGS,
} from './vocabulary.js'

/** The longest product name Polar takes. */
export const LONGEST_NAME = 64
/** The shortest. */
export const SHORTEST_NAME = 3

export interface ReadName {
  name: string
  start: number
  end: number
  /** Words before the name that were not understood. */
  skipped: WordPiece[]
  doubt: string | null
}

/** Finds the name among the words before (or behind) a price; null when they only ask for something. */
export function readName(words: WordPiece[], text: string): ReadName | null {
  let end = words.length
  while (end > 0 && isConnector(words[end - 1]?.token)) end--
  const kept = end
  while (end > 1 && isKind(words[end - 1]?.token)) end--
  // 'Pro an annual plan': the article belongs to what follows.
  while (end > 1 && words[end - 1]?.token.text === 'an') end--
  let start = 0
  for (let at = 0; at < end; at++) {
    const token = words[at]?.token
    // The last word ends a name ('Icon set'), it does not begin one.
    if (token && startsName(token) && at < end - 1) start = at + 1
  }
  // 'Support plan', written as a name.
  const single = kept > end && start === end - 1 ? words[start]?.token.text : undefined
  const verbal = single !== undefined && VERBAL_NAMES.test(single)
  while (
    start < end &&
    !verbal &&
    !isCalled(words[start - 1]?.token) &&
    skippable(words[start]?.token, start + 1 < end ? words[start + 1]?.token : undefined)
  )
    start++
  // 'A $5, B $10', but 'A subscription for $5'.
  if (start === kept && /^[AI]$/.test(words[start - 1]?.token.text ?? '')) {
    start--
    end = kept
  }
  // 'the plan at $10' names nothing; 'sell access at $10' does.
  if (start === end && isLoneThing(words.slice(0, end))) {
    start = end - 1
    while (isOfThing(words[start - 1]?.token)) start--
  }
  if (start === end) return null
  // 'Pro for small teams': what follows describes the plan.
  const about = words.findIndex(({ token }, at) => at > start && at < end && token.lower === 'for')
  if (about > 0 && isPlanName(words[about - 1]?.token.text ?? '') && about === start + 1)
    end = about
  const first = words[start]
  const last = words[end - 1]
  if (!first || !last) return null
  // 'Pro ..... $29' leads the eye.
  const raw = text
    .slice(first.start, last.end)
    .replace(/(?<=[\p{L}\p{N}])\s*(?:\.{2,}|\u2026)$/u, '')
  const quoted = start === end - 1 && first.token.kind === 'quoted'
  const plain = raw.replace(/^"([^"]+)"$/, '$1')
  const name = capitalised((quoted ? first.token.text : plain).replace(/\s+/g, ' ').trim())
  const skipped = words.slice(0, start).filter(({ token }) => !REQUEST_WORDS.has(token.lower))
  let doubt = quoted
    ? null
    : gluedDoubt(
        words.slice(start, end).map(({ token }) => token),
        kept > end,
      )
  if (isTorn(name))
    doubt ??= 'a quote or bracket without its other half in a name; put the name in quotes'
  if (!/[\p{L}\p{N}]/u.test(name))
    doubt ??= 'signs where a name should be; write a name, in quotes if it is unusual'
  return { name, start: first.start, end: last.end, skipped, doubt }
}

// '"$5 club" $5/mo' is cut at the amount inside the quotes.
function isTorn(name: string): boolean {
  const count = (sign: string): number => name.split(sign).length - 1
  return count('"') % 2 === 1 || count('`') % 2 === 1 || count('{') !== count('}')
}

function isLoneThing(words: WordPiece[]): boolean {
  const last = words.at(-1)
  if (!last || !THINGS.has(last.token.lower)) return false
  return words
    .slice(0, -1)
    .every(({ token }) => /^(?:sell|offer|a|an|the|my|our)$/.test(token.lower) || isOfThing(token))
}

// 'setup service', 'support site': the words before it say which.
function isOfThing(token: Token | undefined): boolean {
  return /^(?:setup|set-up|support|integration|upgrade|build|pricing|business|company)$/.test(
    token?.lower ?? '',
  )
}

const VERBAL_NAMES = /^(?:Support|Upgrade|Build|Launch|Integration)$/

// 'a plan called With'.
function isCalled(token: Token | undefined): boolean {
  return /^(?:called|named)$/.test(token?.lower ?? '')
}

const OBJECTS = /^(?:app|application|product|service|access|software|saas|website|site|api|tool)$/

/** What is sold when no name is given but a thing is: 'sell the app for $25 once'. */
export function readObject(words: WordPiece[]): string | null {
  const object = words.find(({ token }) => OBJECTS.test(token.lower))
  return object ? capitalised(object.token.text) : null
}

/** Whether words only ask for something and name nothing. */
export function namesNothing(words: WordPiece[]): boolean {
  return words.every(({ token }) => {
    if (token.kind === 'symbol') return true
    const plan = isPlanName(token.text) && (token.text !== token.lower || words.length === 1)
    return REQUEST_WORDS.has(token.lower) && !plan
  })
}

/** Whether a text is one of the names plans have everywhere. */
export function isPlanName(text: string): boolean {
  return PLAN_NAMES.has(text.toLowerCase())
}

// Symbols that only join; others may belong to the name.
const JOINERS = new Set(['-', '\u2014', ':', '=', '*', '"', '|', '.', ',', '>', '#', '@'])

function isJoiner(token: Token): boolean {
  return token.kind === 'symbol' && JOINERS.has(token.text) && !token.glued
}

function isConnector(token: Token | undefined): boolean {
  if (!token) return false
  if (token.kind === 'symbol') return isJoiner(token)
  return token.text === token.lower || token.text === token.text.toUpperCase()
    ? CONNECTORS.has(token.lower)
    : false
}

function isKind(token: Token | undefined): boolean {
  return token !== undefined && KIND_WORDS.has(token.lower)
}

function startsName(token: Token): boolean {
  if (token.kind !== 'word') return false
  return (
    NAME_STARTERS.has(token.lower) && (token.text === token.lower || /^polar/i.test(token.text))
  )
}

function skippable(token: Token | undefined, next: Token | undefined): boolean {
  if (!token || token.kind === 'quoted') return false
  if (token.kind === 'symbol') return isJoiner(token) && !next?.glued
  if (!REQUEST_WORDS.has(token.lower)) return false
  // 'Tier 1', 'Plan B'.
  if (KIND_WORDS.has(token.lower) && next && /^(?:\d{1,2}|[A-Z])$/.test(next.text)) return false
  const capital = token.text !== token.lower
  return !(isPlanName(token.text) && (capital || next === undefined))
}

// 'Pro roughly $29': a word of no known kind between a name and its price may change the price.
function gluedDoubt(tokens: Token[], kindFollows: boolean): string | null {
  const last = tokens.at(-1)
  const first = tokens[0]
  if (!last || !first || tokens.length < 2 || kindFollows) return null
  if (last.kind !== 'word' || last.text !== last.lower || NAME_NOUNS.has(last.lower)) return null
  const adverb = /ly$/.test(last.lower) && last.lower !== 'family'
  if (adverb || isPlanName(first.text)) {
    return `"${last.text}" between the name and the price may change what it says; put the name in quotes, or leave the word out`
  }
  return null
}
