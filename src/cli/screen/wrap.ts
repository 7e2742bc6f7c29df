/** Columns that the guide on the left of every line takes. */
const GUIDE = 3

/** Characters that take two columns: East Asian scripts and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Columns that plain text takes. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += WIDE.test(char) ? 2 : 1
  return width
}

/** Columns of the screen for text behind the guide; endless where nothing is drawn on a terminal. */
export function columnsOf(output: { isTTY?: boolean; columns?: number }): number {
  if (output.isTTY !== true) return Infinity
  return Math.max(20, (output.columns ?? 80) - GUIDE)
}

/** A line that is no longer than the screen is wide, its end replaced by an ellipsis. */
export function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line
  let kept = ''
  let width = 1
  for (const char of line) {
    width += widthOf(char)
    if (width > columns) break
    kept += char
  }
  return `${kept}…`
}

/** Breaks long lines between words; what goes on is indented by two more than its first line. */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, columns))
    .join('\n')
}

function wrapLine(line: string, columns: number): string[] {
  if (widthOf(line) <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const further = `${indent}  `
  const lines: string[] = []
  let current = indent
  for (const word of line.trim().split(' ')) {
    const started = current.trim() !== ''
    const next = started ? `${current} ${word}` : current + word
    if (widthOf(next) <= columns) {
      current = next
      continue
    }
    if (started) lines.push(current)
    current = (started ? further : current) + word
    for (const cutAt = columns; widthOf(current) > columns;) {
      const piece = firstColumns(current, cutAt)
      lines.push(piece)
      current = further + current.slice(piece.length)
    }
  }
  return [...lines, current]
}

function firstColumns(text: string, columns: number): string {
  let kept = ''
  let width = 0
  for (const char of text) {
    width += widthOf(char)
    if (width > columns) break
    kept += char
  }
  return kept
}
