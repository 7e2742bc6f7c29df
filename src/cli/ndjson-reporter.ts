import { escaped } from '../invisible.js'
import type { OutputEvent } from '../types.js'
import { watchPhase } from './phase.js'
import type { Reporter } from './reporter.js'

/** Milliseconds between two `progress` events. */
const PROGRESS_INTERVAL = 1_000

/** One JSON object a line on standard output, and nothing else there. */
export function ndjsonReporter(write: (line: string) => void): Reporter {
  const emit = (event: OutputEvent): void => write(`${escaped(JSON.stringify(event))}\n`)
  return {
    start: () => {},
    async phase(name, _title, work) {
      emit({ type: 'phase', name, status: 'start' })
      const watch = watchPhase(PROGRESS_INTERVAL, (phase) =>
        emit({ type: 'progress', name, elapsed: phase.elapsed(), ...phase.latest() }),
      )
      try {
        const value = await work(watch.report)
        emit({ type: 'phase', name, status: 'done' })
        return value
      } finally {
        watch.stop()
      }
    },
    detail: () => {},
    assumption: (assumption) => emit({ type: 'assumption', ...assumption }),
    warning: (warning) => emit({ type: 'warning', ...warning }),
    unclear: () => {},
    plan: () => {},
    patch: () => Promise.resolve(),
    needsInput: (missing) => emit({ type: 'needs_input', missing }),
    error: ({ code, message, hint, evidence }) =>
      emit({ type: 'error', code, message, hint, ...(evidence && { evidence }) }),
    finish: (result) => emit(result),
  }
}
