/** Thrown where a run stops because the person, or the system, asked it to. */
export class Interrupted extends Error {
  /** @param stands what the repository is like now */
  constructor(readonly stands = 'The repository is as it was.') {
    super('Interrupted')
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** One for the process: it has one terminal, and so one run that can be interrupted there. */
const controller = new AbortController()

export interface Interrupts {
  /** Aborted with an `Interrupted`. */
  signal: AbortSignal
  /** The run is over: from here a signal ends the process at once, with this exit code. */
  end(exitCode: number): void
}

/** Set when the run is over: the exit code that a signal ends the process with. */
let exitCode: number | null = null

/**
 * Turns Ctrl-C, a polite kill and the end of the terminal into an aborted signal, so that the run
 * can put the host back before it ends. Further signals are swallowed: putting back must not be
 * cut short. (What a terminal that is gone refuses to show is dropped by `outliveReaders`.)
 */
export function watchInterrupts(): Interrupts {
  exitCode = null
  for (const name of SIGNALS) process.off(name, interrupt).on(name, interrupt)
  return {
    signal: controller.signal,
    end: (code) => {
      exitCode = code
    },
  }
}

function interrupt(): void {
  if (exitCode !== null) process.exit(exitCode)
  controller.abort(new Interrupted())
}

/**
 * Lets a question be left by a signal as by Ctrl-C, which is a key there: prompts read the keys
 * themselves. The prompt then closes and gives the terminal back as it was.
 *
 * @throws Interrupted when the signal came before the question
 */
export async function leftByInterrupt<T>(question: () => Promise<T>): Promise<T> {
  // What came before the question, while the prompts were loaded, would not come again.
  controller.signal.throwIfAborted()
  const { stdin } = process
  const leave = (): void => void stdin.emit('keypress', '\x03', { name: 'c', ctrl: true })
  controller.signal.addEventListener('abort', leave)
  // Reading from a terminal that is gone fails; the signal that says so comes as well.
  stdin.on('error', ignore)
  try {
    return await question()
  } finally {
    stdin.off('error', ignore)
    controller.signal.removeEventListener('abort', leave)
  }
}

function ignore(): void {}
