/** Words that no POSIX shell reads as anything but themselves. */
const PLAIN = /^[\w%+,./:@=-]+$/

/** A word as it can be pasted into a POSIX shell: in single quotes unless it is plain. */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
