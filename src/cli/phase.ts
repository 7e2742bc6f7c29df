import type { Progress } from '../types.js'

/** Says how far the work has come, as often as it likes. */
export type Report = (progress: Progress) => void

/** A phase while it runs. */
export interface PhaseWatch {
  readonly report: Report
  /** What was reported last. */
  latest(): Progress
  /** Whole seconds since the phase began. */
  elapsed(): number
  stop(): void
}

/**
 * Calls `tick` at each interval (milliseconds) until stopped: a phase that takes long is never
 * silent, however quiet the work itself is.
 */
export function watchPhase(interval: number, tick: (watch: PhaseWatch) => void): PhaseWatch {
  const start = performance.now()
  let latest: Progress = {}
  const watch: PhaseWatch = {
    report: (progress) => {
      latest = progress
    },
    latest: () => latest,
    elapsed: () => Math.round((performance.now() - start) / 1000),
    stop: () => clearInterval(timer),
  }
  const timer = setInterval(() => tick(watch), interval)
  return watch
}
