/**
 * What people type as a command here because other programs have one, with the command that comes
 * closest in meaning. Verbs that requests begin with (add, sell, create, set up) are not among them.
 */
const ELSEWHERE: Record<string, string> = {
  ...sameFor('inspect', 'analyze analyse scan detect status info audit check doctor'),
  ...sameFor('plan', 'preview diff show dry-run dryrun validate verify'),
  ...sameFor('plan', 'test lint update upgrade'),
  ...sameFor('plan', 'init install apply run start sync migrate deploy config configure list ls'),
  ...sameFor(
    'undo',
    'remove uninstall delete rm rollback revert reset restore clean destroy eject',
  ),
  ...sameFor('help', 'version man commands login logout'),
}

/** A word that was meant as a command, and is none or stands in the wrong place. */
export interface StrayWord {
  word: string
  /** 'behind': a command, or nearly one, that stands behind the request. */
  place: 'first' | 'behind'
  /** The command that was probably meant. */
  nearest: string | null
}

/**
 * Finds the word that must not become a part of a product's name. `words` are what the shell gave
 * beside the flags and the command, `commands` the names of all commands.
 *
 * The first word is meant as a command when it is bare (letters, digits, `-`, `_`) and
 * - stands alone, or
 * - is followed by a request in quotes, that is by a word with blanks which does not start with a
 *   price (`frob 'Pro $29/mo'`, but not `Pro '$29 per month'`), or
 * - is a command's name, or in lower case and nearly one, or a command of other programs
 *   (`paln Pro 29 USD/mo`, `update Pro 29 USD/mo`).
 *
 * A word behind the request is meant as a command when it is
 * - a command's name and the last word (`Pro 29 USD/mo plan`, but not `Pro plan 29 USD/mo`), or
 * - like a command as above, in lower case, and there is a request in quotes (`'Pro $29/mo' update`).
 *
 * Whatever is in quotes as a whole is a request: `'update Pro $29/mo'`.
 */
export function findStrayWord(words: string[], commands: string[]): StrayWord | null {
  const [first, second] = words
  if (first === undefined) return null
  if (isBare(first)) {
    const meant = second === undefined || isQuotedRequest(second) || isLikeCommand(first, commands)
    if (meant) return { word: first, place: 'first', nearest: nearestCommand(first, commands) }
  }
  const quoted = words.some(isQuotedRequest)
  const behind = words.slice(1).find((word, index) => {
    if (!isBare(word)) return false
    const isLast = index === words.length - 2
    return quoted ? isLikeCommand(word, commands) : isLast && commands.includes(word)
  })
  if (behind === undefined) return null
  return { word: behind, place: 'behind', nearest: nearestCommand(behind, commands) }
}

function isBare(word: string): boolean {
  return /^[a-z][\w-]*$/i.test(word)
}

/** A price with its currency or period: `$29`, `29 USD`, `29/mo`, `29 per month`; not `3 tiers`. */
const PRICE_FIRST =
  /^[([]?\s*(?:\p{Sc}|[A-Z]{0,3}\p{Sc}|[\d.,]+\s*(?:\p{Sc}|\/|[A-Z]{3}\b|(?:usd|eur|gbp|per|an?|each|every|monthly|yearly|annually|dollars?|euros?|pounds?|bucks|once)\b))/u

/** Words that were quoted together, and are more than a price. */
export function isQuotedRequest(word: string): boolean {
  return /\S\s+\S/.test(word) && !PRICE_FIRST.test(word.trim())
}

function isLikeCommand(word: string, commands: string[]): boolean {
  if (commands.includes(word.toLowerCase())) return true
  if (word !== word.toLowerCase()) return false
  return Object.hasOwn(ELSEWHERE, word) || commandNear(word, commands) !== null
}

/** The command that a word was probably meant to be: by its letters, else by its meaning. */
export function nearestCommand(word: string, commands: string[]): string | null {
  const lower = word.toLowerCase()
  return (
    commandNear(lower, commands) ??
    (Object.hasOwn(ELSEWHERE, lower) ? ELSEWHERE[lower] : null) ??
    null
  )
}

/** One slip of the keyboard, or two in a long word. */
function commandNear(word: string, commands: string[]): string | null {
  const slips = word.length >= 6 ? 2 : 1
  const ranked = commands
    .map((command) => ({ command, distance: distanceBetween(word, command) }))
    .filter(({ distance }) => distance <= slips)
    .sort((one, other) => one.distance - other.distance)
  return ranked[0]?.command ?? null
}

/** Letters to insert, remove, replace or swap with their neighbor (optimal string alignment). */
function distanceBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row += 1) {
    const above = rows[row - 1] ?? []
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    rows.push(current)
  }
  return rows[one.length]?.[other.length] ?? 0
}

function sameFor(command: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(' ').map((word) => [word, command]))
}
