import { EXIT } from './exit.js'

/** What a stream says whose reader has gone: the end of a pipe, or a terminal that was closed. */
const READER_GONE = new Set(['EPIPE', 'ECONNRESET', 'EIO', 'ERR_STREAM_DESTROYED'])

/**
 * Keeps a run alive when nobody reads what it prints any more (`| head`, a closed terminal): the
 * rest of the output is dropped, and the run goes to its own end, so that nothing is left half
 * done. Gives the exit code for a run that ends with `exitCode`: EXIT.system when the output was
 * refused for another reason (a full disk) and the run itself went well.
 */
export function outliveReaders(): (exitCode: number) => Promise<number> {
  let refusal: NodeJS.ErrnoException | null = null
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!READER_GONE.has(error.code ?? '')) refusal ??= error
    })
  }
  return async (exitCode) => {
    // An error of the last write is reported in the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    if (refusal === null) return exitCode
    process.stderr.write(`The output could not be written: ${(refusal as Error).message}\n`)
    return exitCode === EXIT.ok ? EXIT.system : exitCode
  }
}
