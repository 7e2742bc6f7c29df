/** A piece of a text, and what is to stand there instead. */
export interface Splice {
  start: number
  end: number
  text: string
}

/** The text with its pieces replaced; they do not overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = text
  for (const { start, end, text: replacement } of splices.toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + replacement + result.slice(end)
  }
  return result
}
