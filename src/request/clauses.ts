import type { Part, Segment } from './segments.js'

/** Where lines, sentences and their plans begin and end; built once, asked for every item. */
export class Clauses {
  private readonly starts: number[]
  private readonly perLine = new Map<number, number>()
  private readonly terms = new Map<number, number>()

  constructor(segments: Segment[]) {
    this.starts = segments.filter(({ before }) => ENDS.has(before)).map(({ start }) => start)
    for (const { line, start, parts } of segments) {
      this.perLine.set(line, (this.perLine.get(line) ?? 0) + 1)
      if (!parts.some(isTerm)) continue
      const clause = this.clauseOf(start)
      this.terms.set(clause, (this.terms.get(clause) ?? 0) + 1)
    }
  }

  /** How many items stand on a line. */
  itemsOnLine(line: number): number {
    return this.perLine.get(line) ?? 0
  }

  /** Whether two places are in one sentence or line. */
  together(one: number, other: number): boolean {
    return this.clauseOf(one) === this.clauseOf(other)
  }

  /** Whether the sentence or line at a place sells one thing, and another sells something too. */
  sellsOneOfSeveral(at: number): boolean {
    return this.terms.size > 1 && this.terms.get(this.clauseOf(at)) === 1
  }

  private clauseOf(at: number): number {
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.starts[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}

const ENDS = new Set<Segment['before']>(['line', '.', ';', 'bullet'])

function isTerm(part: Part): boolean {
  if (part.kind === 'group') return part.parts.some((each) => each.kind === 'price')
  return (
    part.kind === 'price' ||
    (part.kind === 'flag' && /^(?:free|free-tier|contact)$/.test(part.flag))
  )
}
