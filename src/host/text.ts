/** The 1-based line of the first occurrence of a text; spaces before colons do not count. */
export function lineOfText(text: string, wanted: string): number | null {
  const lines = text.split(/\r\n|\r|\n/)
  const index = lines.findIndex((line) => line.replace(/\s+:/g, ':').includes(wanted))
  return index === -1 ? null : index + 1
}

/** The 1-based line an offset stands in. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1))
    line++
  return line
}

/** 'a', 'a and b', 'a, b and c'. */
export function enumerate(words: string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
