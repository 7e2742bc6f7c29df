import type { Assumption, Result, ResultStatus, Warning } from '../types.js'
import type { CommonOptions } from './options.js'
import type { Reporter } from './reporter.js'
import { newDraft, type Draft } from './result.js'

/** One run of a command: what it was given, where it reports, and what is known so far. */
export class Run {
  draft: Draft = newDraft()

  constructor(
    /** Absolute path of the host. */
    readonly root: string,
    readonly options: CommonOptions,
    readonly reporter: Reporter,
    readonly signal: AbortSignal,
  ) {}

  /** Adds what a stage has found to the result. */
  learn(found: Partial<Draft>): void {
    this.draft = { ...this.draft, ...found }
  }

  assume(assumptions: Assumption[]): void {
    this.learn({ assumptions: [...this.draft.assumptions, ...assumptions] })
    for (const one of assumptions) this.reporter.assumption(one)
  }

  warn(warning: Warning): void {
    this.learn({ warnings: [...this.draft.warnings, warning] })
    this.reporter.warning(warning)
  }

  /** @param closing last words for a person, where those of the status do not say it */
  end(status: ResultStatus, exitCode: number, closing?: string): Ended {
    const result: Result = { type: 'result', version: 1, status, exitCode, ...this.draft }
    return { ended: true, result, ...(closing !== undefined && { closing }) }
  }
}

/** A stage came to an end that is the run's end. */
export interface Ended {
  ended: true
  result: Result
  closing?: string
}

export type Stage<T> = { ended: false; value: T } | Ended

export function goOn<T>(value: T): { ended: false; value: T } {
  return { ended: false, value }
}
