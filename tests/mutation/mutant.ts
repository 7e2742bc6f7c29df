/** One small fault, as an edit of a source file. */
export interface Edit {
  operator: string
  start: number
  end: number
  replacement: string
}

export interface Mutant extends Edit {
  file: string
  /** Where the edit begins, counted from 1. */
  line: number
  /** The lines that the edit touches, before and after it, on one line each. */
  before: string
  after: string
}

export function applyEdit(source: string, edit: Edit): string {
  return source.slice(0, edit.start) + edit.replacement + source.slice(edit.end)
}

export function describeEdit(file: string, source: string, edit: Edit): Mutant {
  const from = source.lastIndexOf('\n', edit.start - 1) + 1
  const lineEnd = source.indexOf('\n', edit.end)
  const to = lineEnd < 0 ? source.length : lineEnd
  const tail = source.slice(edit.end, to)
  return {
    ...edit,
    file,
    line: source.slice(0, edit.start).split('\n').length,
    before: onOneLine(source.slice(from, to)),
    after: onOneLine(source.slice(from, edit.start) + edit.replacement + tail),
  }
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
