import type {
  Assumption,
  MissingAnswer,
  OutputEvent,
  Plan,
  Result,
  RunError,
  Unclear,
  Warning,
} from '../types.js'
import type { Report } from './phase.js'

/** Where a run says what happens. One for people, one for programs; nothing else prints. */
export interface Reporter {
  start(): void
  /** Runs a piece of work as a named phase, and shows how far it says that it has come. */
  phase<T>(name: string, title: string, work: (report: Report) => Promise<T>): Promise<T>
  /** A line of detail inside a phase; programs do not get it. */
  detail(text: string): void
  assumption(assumption: Assumption): void
  warning(warning: Warning): void
  unclear(unclear: Unclear[]): void
  /** What would be done; `hostDiffs` has the changes to each of the host's own files, by path. */
  plan(plan: Plan, hostDiffs: Map<string, string>): void
  /** The changes in full, as `git apply` takes them. Programs have them in the result. */
  patch(patch: string): Promise<void>
  needsInput(missing: MissingAnswer[]): void
  error(error: RunError): void
  /** @param closing stands in for the status's own last words */
  finish(result: Result, closing?: string): void
}

export type Emit = (event: OutputEvent) => void
