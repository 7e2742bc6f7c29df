import type { Assumption, OutputEvent, Plan, Result, Unclear } from '../types.js'

export interface Question {
  field: string
  question: string
  flag: string
}

/** Where a run says what happens. One for people, one for programs; nothing else prints. */
export interface Reporter {
  start(): void
  /** Runs a piece of work as a named phase. */
  phase<T>(name: string, title: string, work: () => Promise<T>): Promise<T>
  /** A line of detail inside a phase; programs do not get it. */
  detail(text: string): void
  assumption(assumption: Assumption): void
  unclear(unclear: Unclear[]): void
  plan(plan: Plan, diffs: Map<string, string>): void
  needsInput(missing: Question[]): void
  error(error: { code: string; message: string; hint: string }): void
  /** @param closing stands in for the status's own last words */
  finish(result: Result, closing?: string): void
}

export type Emit = (event: OutputEvent) => void
