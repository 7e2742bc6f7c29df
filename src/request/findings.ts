import type { Assumption, Unclear } from '../types.js'
import { quote } from './text.js'

/** As many open questions as a person can answer. */
const MOST_UNCLEAR = 25

/** Collects what was assumed and what stays unclear while a request is read. */
export class Findings {
  readonly assumptions: Assumption[] = []
  readonly unclear: Unclear[] = []

  private readonly known = new Set<string>()
  private readonly doubted: { start: number; end: number }[] = []

  constructor(private readonly text: string) {}

  assume(field: string, value: string, reason: string): void {
    if (this.isNew(`${field}\n${value}`)) this.assumptions.push({ field, value, reason })
  }

  /** Notes that the piece between two offsets cannot be read in one way. */
  doubt(start: number, end: number, reason: string): void {
    this.doubted.push({ start, end })
    if (this.unclear.length < MOST_UNCLEAR) this.note(quote(this.text, start, end), reason)
  }

  /** Whether it is said already why some of these words cannot be read. */
  isDoubted(start: number, end: number): boolean {
    return this.doubted.some((each) => each.start < end && start < each.end)
  }

  note(text: string, reason: string): void {
    if (this.isNew(`${text}\n${reason}`)) this.unclear.push({ text, reason })
  }

  private isNew(key: string): boolean {
    if (this.known.has(key)) return false
    this.known.add(key)
    return true
  }

  quote(start: number, end: number): string {
    return quote(this.text, start, end)
  }
}
