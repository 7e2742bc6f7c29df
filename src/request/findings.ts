import type { Assumption, Unclear } from '../types.js'
import { quote } from './text.js'

/** Collects what was assumed and what stays unclear while a request is read. */
export class Findings {
  readonly assumptions: Assumption[] = []
  readonly unclear: Unclear[] = []

  constructor(private readonly text: string) {}

  assume(field: string, value: string, reason: string): void {
    const known = this.assumptions.some((each) => each.field === field && each.value === value)
    if (!known) this.assumptions.push({ field, value, reason })
  }

  /** Notes that the piece between two offsets cannot be read in one way. */
  doubt(start: number, end: number, reason: string): void {
    this.note(quote(this.text, start, end), reason)
  }

  note(text: string, reason: string): void {
    const known = this.unclear.some((each) => each.text === text && each.reason === reason)
    if (!known) this.unclear.push({ text, reason })
  }

  quote(start: number, end: number): string {
    return quote(this.text, start, end)
  }
}
