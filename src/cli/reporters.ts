import type { CommonOptions } from './options.js'
import { printableReporter } from './printable-reporter.js'
import type { Reporter } from './reporter.js'

/** The reporter that the flags ask for; prompts and colours are loaded for people only. */
export async function reporterFor(options: CommonOptions): Promise<Reporter> {
  if (options.json) {
    const { ndjsonReporter } = await import('./ndjson-reporter.js')
    return ndjsonReporter((line) => process.stdout.write(line))
  }
  const { peopleReporter } = await import('./people-reporter.js')
  return printableReporter(
    peopleReporter({ progress: process.stdout.isTTY === true && !process.env['CI'] }),
  )
}
