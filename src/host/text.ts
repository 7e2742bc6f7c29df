/** The 1-based line of the first occurrence of a text; spaces before colons do not count. */
export function lineOfText(text: string, wanted: string): number | null {
  const lines = text.split(/\r\n|\r|\n/)
  const index = lines.findIndex((line) => line.replace(/(?<!\s)\s+:/g, ':').includes(wanted))
  return index === -1 ? null : index + 1
}

/** Gives the 1-based line an offset stands in. */
export type LineCounter = (offset: number) => number

/** For offsets that are asked for in ascending order, so that the text is gone through once. */
export function lineCounter(text: string): LineCounter {
  let line = 1
  let next = text.indexOf('\n')
  return (offset) => {
    for (; next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}

/** 'a', 'a and b', 'a, b and c'. */
export function enumerate(words: string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
