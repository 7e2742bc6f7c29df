import { EXIT } from './exit.js'
import { newDraft } from './result.js'
import { visible } from '../invisible.js'

/** A command line that cannot be carried out as it was written. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message)
  }
}

/**
 * Reports wrong usage: with `--json` as an event and a result, like every other end, else on
 * standard error. Gives the exit code.
 */
export async function endWithUsageError(error: UsageError, args: string[]): Promise<number> {
  const { message, hint } = error
  if (asksForJson(args)) {
    const { ndjsonReporter } = await import('./ndjson-reporter.js')
    const reporter = ndjsonReporter((line) => process.stdout.write(line))
    reporter.error({ code: 'usage', message, hint })
    const exitCode = EXIT.usage
    reporter.finish({ type: 'result', version: 1, status: 'failed', exitCode, ...newDraft() })
  } else {
    process.stderr.write(`${visible(`error: ${message}\n${hint}`)}\n`)
  }
  return EXIT.usage
}

function asksForJson(args: string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).includes('--json')
}
