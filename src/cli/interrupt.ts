/** Thrown where a run stops because the person, or the system, asked it to. */
export class Interrupted extends Error {
  constructor() {
    super('Interrupted')
  }
}

/**
 * Turns Ctrl-C and a polite kill into an aborted signal, so that the run can put the host back
 * before it ends. Further signals are swallowed: putting back must not be cut short.
 */
export function watchInterrupts(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new Interrupted())
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, interrupt)
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of signals) process.off(name, interrupt)
    },
  }
}
