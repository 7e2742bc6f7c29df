import type { Options } from 'prettier'
import { formatWith } from './prettier.js'

export interface FormatJob {
  /** Of the text among those that were given. */
  index: number
  text: string
  options: Options
}

/** What the threads that format share: each takes the job that comes next. */
export interface FormatWork {
  jobs: readonly FormatJob[]
  /** One number in shared memory: how many jobs are taken. */
  taken: Int32Array
}

/** The index of a job and its text; null where Prettier could not read it. */
export type Formatted = [index: number, text: string | null]

/** Formats jobs until none is left. Gives those that this thread has done. */
export async function formatShare({ jobs, taken }: FormatWork): Promise<Formatted[]> {
  const done: Formatted[] = []
  for (;;) {
    const job = jobs[Atomics.add(taken, 0, 1)]
    if (job === undefined) return done
    done.push([job.index, await formatted(job)])
  }
}

async function formatted({ text, options }: FormatJob): Promise<string | null> {
  try {
    return await formatWith(text, options)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
