import type { Unclear } from '../types.js'
import type { ParsedRequest } from './assemble.js'
import { numberWord } from './numbers.js'
import { NOT_PRICED, QUESTION, QUESTION_BEHIND, SPOKEN_AMOUNT, UNCLOSED } from './reasons.js'

/**
 * Adds to each open question the words that would settle it, where there is one rewriting that says
 * what the words can mean and no amount but theirs. Each is tried: it is given only when the request
 * with it is read, or asks about less. `read` reads a request.
 */
export function withSuggestions(
  text: string,
  parsed: ParsedRequest,
  read: (text: string) => ParsedRequest,
): ParsedRequest {
  if (parsed.status === 'ok' || text.length > LONGEST) return parsed
  const { unclear } = parsed
  const suggested = unclear.map((each) => {
    const suggestion = rewritten(each, text)
    if (suggestion === null || !settles(each, suggestion)) return each
    return { ...each, suggestion }
  })
  return { ...parsed, unclear: suggested }

  function settles({ text: words, reason }: Unclear, suggestion: string): boolean {
    const next = read(text.replace(words, () => suggestion))
    if (next.status === 'ok' || !reason.startsWith(NOT_PRICED)) return next.status === 'ok'
    // One line of several: the others are asked about as before. An amount may belong to the words.
    if (unclear.some((one) => !one.reason.startsWith(NOT_PRICED))) return false
    const others = unclear.filter((one) => one.text !== words)
    const left = next.unclear.map((one) => one.text)
    return left.length === others.length && others.every((one) => left.includes(one.text))
  }
}

/** Longer ones are read once; each suggestion reads again. */
const LONGEST = 2_000

function rewritten({ text: words, reason }: Unclear, text: string): string | null {
  const at = text.indexOf(words)
  if (words === '' || at < 0 || text.includes(words, at + 1)) return null
  if (reason.startsWith(NOT_PRICED)) return asFeature(words, text.slice(0, at))
  switch (reason) {
    case QUESTION:
    case QUESTION_BEHIND:
      return ASKS.test(text) ? null : words.replace(/\s*\?+/g, '')
    case SPOKEN_AMOUNT:
      return inDigits(words)
    case UNCLOSED:
      return (words.match(/\d[\d.,]*/g) ?? []).length === 1 ? `${words})` : null
    default:
      return null
  }
}

// 'Should Pro be $29/mo?' wants advice; 'Pro $29/mo?' names a price.
const ASKS =
  /\b(?:should|shall|what|which|can|could|would|will|is|are|do|does|why|how|who|or|maybe|vs)\b/i

// What no price, condition or plan can hide in; whatever else stands without a price is asked about.
const FEATURE =
  /^(?:(?:[\p{L}-]+|24\/7) ){0,3}(?:SSO|SAML|SCIM|API|support|access|integrations|analytics|reports|reporting|dashboards?|backups|exports?|webhooks|domains?|branding|projects|workspaces|templates|audit logs?|history)$/u
const CHANGES =
  /\b(?:no|not|never|without|if|unless|until|only|twice|double|half|extra|additional|free|paid|limited|price|like|as|for|on|from|to|per|plus|minus|with|until|within|of)\b/i

// 'SSO' on a line below its plan, or 'priority support' behind its price.
function asFeature(words: string, before: string): string | null {
  if (!FEATURE.test(words) || CHANGES.test(words) || !/\d/.test(before)) return null
  if (/\n[ ]*$/.test(before)) return `- ${words}`
  return /, $/.test(before) ? `with ${words}` : null
}

// 'twenty dollars', but 'twenty five dollars' and 'half a dollar' are not read here.
function inDigits(words: string): string | null {
  const list = words.split(' ')
  const counted = list.flatMap((word, at) => (numberWord(word.toLowerCase()) === null ? [] : [at]))
  const [at] = counted
  if (at === undefined || counted.length > 1 || at !== list.length - 2) return null
  if (/^(?:hundred|thousand|million|half|a|an|and|or|to)$/i.test(list[at - 1] ?? '')) return null
  return list.map((word, n) => (n === at ? String(numberWord(word.toLowerCase())) : word)).join(' ')
}
