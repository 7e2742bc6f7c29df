const GREETING =
  /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|day))\b[^\n\d$€£¥]{0,40}[,!:]?[ ]*\n/i
const CLOSING =
  /\n[ ]*(?:thanks|thank you|many thanks|best|best regards|kind regards|regards|cheers|greetings|yours|sincerely)\b[^\n\d$€£¥]{0,40}(?:\n[^\n\d$€£¥]{0,60}){0,4}\s*$/i

/** The text with the greeting and the signature of a letter blanked, so that places in it stay. */
export function withoutLetter(text: string): string {
  if (!text.includes('\n')) return text
  const blank = (found: string): string => found.replace(/[^\n]/g, ' ')
  return text.replace(GREETING, blank).replace(CLOSING, blank)
}
