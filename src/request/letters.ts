const KEYWORD = '(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]ood (?:morning|afternoon|day))'
const ALL = '(?: (?:there|all|team|everyone|folks|everybody))?'
const NAME = "\\p{Lu}[\\p{L}.'-]*"
// Nothing but whom it greets: 'Hi, prices are in EUR' says something.
const GREETING = new RegExp(`^\\s*${KEYWORD}(?:${ALL}(?: ${NAME}){0,2}[,!]|${ALL})[ ]*\\n`, 'u')
const PHRASE =
  '(?:[Tt]hanks|[Tt]hank you|[Mm]any thanks|[Bb]est regards|[Kk]ind regards|[Rr]egards|[Cc]heers|[Ss]incerely|Best,)'
const SIGNED = `(?:\\n[ ]*${NAME}(?:,? ${NAME}){0,3}[ ]*){0,2}`
const CLOSING = new RegExp(
  `\\n[ ]*${PHRASE}(?: (?:in advance|a lot|so much))?[,!.]?[ ]*(${SIGNED})\\s*$`,
  'u',
)
/** What a name that signs is not. */
const SOLD =
  /\b(?:free|trials?|plans?|tiers?|pro|team|business|enterprise|premium|yearly|annual(?:ly)?|monthly|weekly|daily|quarterly|once|lifetime|seats?|per|contact|sales|usd|eur|gbp|euros?|dollars?)\b/i

/** The text with the greeting and the signature of a letter blanked, so that places in it stay. */
export function withoutLetter(text: string): string {
  if (!text.includes('\n')) return text
  const blank = (found: string): string => found.replace(/[^\n]/g, ' ')
  return text
    .replace(GREETING, (found) => (SOLD.test(found.replace(/\bteam\b/, '')) ? found : blank(found)))
    .replace(CLOSING, (found, signed: string) => (SOLD.test(signed) ? found : blank(found)))
}
