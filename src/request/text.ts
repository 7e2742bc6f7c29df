import { EMOJI } from '../invisible.js'

/** Longest request that is read; longer ones are unclear. */
export const LONGEST_REQUEST = 20_000

// Control characters and other invisible ones would let two equal-looking names differ. Those that an
// emoji is made of are seen.
const INVISIBLE = new RegExp(
  `(?:${EMOJI.source})|((?![\\t\\n\\r])[\\p{Cc}\\p{Cf}\\ufe00-\\ufe0f\\ufff9-\\uffff])`,
  'gu',
)
// What something keeps apart that is taken out is not one number: '5**12', '29[1](#note)', '5**k'.
const REMOVED_IN_NUMBERS =
  /(?<=[\d.,])(?:\*\*|[\ud800-\udfff]|(?![\t\n\r])[\p{Cc}\p{Cf}])+(?=[\p{L}\d.,])/gu
const LINE_ENDS = /\r\n|[\r\u2028\u2029]/g
// A blank that keeps digits together, as 1 299 is written in print.
const THIN_GROUPS = /(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))/g
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
const FULL_WIDTH = /[\uff01-\uff5e]/g
const WIDE_SIGNS: Readonly<Record<string, string>> = { '￠': '¢', '￡': '£', '￥': '¥', '￦': '₩' }
const LINK = /\[([^[\]\n]{1,80})\]\((?:https?:|mailto:|[/#])[^()\s]{0,300}\)/g
// Half of a surrogate pair cannot be written to a file as UTF-8.
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The request with invisible characters gone and typographic variants in their plain form. */
export function cleanText(text: string): string {
  return (
    text
      .replace(REMOVED_IN_NUMBERS, ' ')
      .replace(LONE_SURROGATES, '')
      .replace(INVISIBLE, (found, invisible?: string) => (invisible === undefined ? found : ''))
      .replace(LINE_ENDS, '\n')
      .replace(THIN_GROUPS, "'")
      .replace(BLANKS, ' ')
      // Two, so that the cells of a pasted table do not become one number.
      .replace(/\t/g, '  ')
      .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
      .replace(/[￠￡￥￦]/g, (char) => WIDE_SIGNS[char] ?? char)
      .replace(/[\u2018\u2019\u02bc]/g, "'")
      .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
      .replace(/[\u2010\u2011\u2212]/g, '-')
      .replace(/[\u2012-\u2015]/g, '\u2014')
      .replace(/\*\*/g, '')
      // A link's address sells nothing.
      .replace(LINK, wordsOfLink)
  )
}

/** A link's words; a digit at their edge does not go on outside of the link. */
function wordsOfLink(link: string, words: string, at: number, text: string): string {
  const before = /[\d.,]/.test(text[at - 1] ?? '') ? ' ' : ''
  const after = /[\p{L}\d.,]/u.test(text[at + link.length] ?? '') ? ' ' : ''
  return before + words + after
}

/** Cut out of the request for showing it back: one line, not longer than a terminal's. */
export function quote(text: string, start: number, end: number): string {
  const piece = text
    .slice(start, Math.min(end, start + 400))
    .replace(/\s+/g, ' ')
    .trim()
  return piece.length > 80 ? `${piece.slice(0, 79).replace(/[\ud800-\udbff]$/, '')}…` : piece
}
