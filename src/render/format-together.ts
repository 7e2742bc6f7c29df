import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { formatShare, type FormatJob, type Formatted, type FormatWork } from './format-share.js'

/** Further ones gain less than their start takes. */
const MOST_THREADS = 4
/** A thread loads Prettier first, which takes as long as formatting so many files. */
const WORTH_A_THREAD = 30

/**
 * Formats on as many threads as help. Formatting is more than half of the work of a run.
 *
 * What a thread took and did not give back, because it could not start or was ended, is done here.
 */
export async function formatTogether(jobs: FormatJob[]): Promise<Formatted[]> {
  // The large ones first: none is left for one thread while the others have nothing to do.
  jobs.sort((one, other) => other.text.length - one.text.length)
  const work: FormatWork = { jobs, taken: new Int32Array(new SharedArrayBuffer(4)) }
  const helpers = startHelpers(jobs.length, work)
  try {
    const shares = await Promise.all([formatShare(work), ...helpers.map(shareOf)])
    const done = shares.flat()
    const given = new Set(done.map(([index]) => index))
    const rest = jobs.filter(({ index }) => !given.has(index))
    return [...done, ...(await formatShare({ jobs: rest, taken: new Int32Array(1) }))]
  } finally {
    await Promise.all(helpers.map((helper) => helper.terminate()))
  }
}

function startHelpers(jobs: number, workerData: FormatWork): Worker[] {
  // A thread is one file of the built command; run from its sources there is none.
  if (import.meta.url.endsWith('.ts')) return []
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(jobs / WORTH_A_THREAD))
  const file = new URL('../format-worker.js', import.meta.url)
  try {
    return Array.from({ length: threads - 1 }, () => new Worker(file, { workerData }))
  } catch {
    // Where no thread may be started, one is enough.
    return []
  }
}

function shareOf(helper: Worker): Promise<Formatted[]> {
  return new Promise((resolve) => {
    helper.once('message', resolve)
    helper.once('error', () => resolve([]))
    helper.once('exit', () => resolve([]))
  })
}
