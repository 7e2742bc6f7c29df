/**
 * Characters that are not seen themselves. Some change the order in which the text around them is
 * shown, so that code and prices read otherwise than they are: https://trojansource.codes,
 * Unicode Standard Annex #9.
 */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
/** What a terminal obeys instead of showing; tabs and line breaks are text. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u

const EMOJI_PART = '\\p{Extended_Pictographic}[\\ufe0e\\ufe0f]?\\p{Emoji_Modifier}?'
const EMOJI_TEXT = `${EMOJI_PART}(?:\\u200d${EMOJI_PART})*`
/** One emoji with all it is joined of: 👩‍💻 is a woman, a joiner and a computer. Sticky. */
export const EMOJI = new RegExp(EMOJI_TEXT, 'uy')
/** The scripts whose words are spelled with joiners and non-joiners. */
const JOINING = ['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati']
  .concat('Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar')
  .map((script) => `\\p{Script=${script}}`)
  .join('')
/** Where invisible characters belong to what is seen: emoji, flags, keycaps, spelling, variants. */
const IN_PLACE = [
  '\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}',
  EMOJI_TEXT,
  '[0-9#*]\\ufe0f\\u20e3',
  `(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`,
  '(?<=\\p{Script=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
].join('|')
const HIDDEN = new RegExp(
  `(?:${IN_PLACE})|([\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb])`,
  'gu',
)

/** The first character that changes the direction of text, as 'U+202E'; null without one. */
export function directionControl(text: string): string | null {
  const found = DIRECTION.exec(text)
  return found && codePoint(found[0])
}

/** The first invisible character that belongs to nothing that is seen; null without one. */
export function hiddenCharacter(text: string): string | null {
  for (const [, hidden] of text.matchAll(HIDDEN)) if (hidden !== undefined) return codePoint(hidden)
  return null
}

/** The first character in a name of the host's that must not be shown or written as it is. */
export function unsafeCharacter(text: string): string | null {
  const found = DIRECTION.exec(text) ?? CONTROL.exec(text)
  return found && codePoint(found[0])
}

/** The text for a terminal: what would command it, or reorder what it shows, is named instead. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (found) => `<${codePoint(found)}>`)
}

/** The same characters as the escapes of JSON and JavaScript, for text inside quotes. */
export function escaped(text: string): string {
  return text.replace(UNSAFE, (found) => `\\u${hex(found)}`)
}

// A carriage return on its own lets what follows overwrite the line.
const UNSEEN = new RegExp(`${DIRECTION.source}|${CONTROL.source}|\\r(?!\\n)`, 'gu')
const UNSAFE = new RegExp(`${DIRECTION.source}|${CONTROL.source}`, 'gu')

function codePoint(char: string): string {
  return `U+${hex(char).toUpperCase()}`
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')
}
