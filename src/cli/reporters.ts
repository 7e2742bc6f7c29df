import type { CommonOptions } from './options.js'
import { printableReporter } from './printable-reporter.js'
import type { Reporter } from './reporter.js'

/**
 * The reporter that the flags ask for; prompts and colors are loaded for people only. With `--diff`
 * into a file or a pipe, standard output is the patch and nothing else.
 */
export async function reporterFor(options: CommonOptions): Promise<Reporter> {
  if (options.json) {
    const { ndjsonReporter } = await import('./ndjson-reporter.js')
    return ndjsonReporter((line) => process.stdout.write(line))
  }
  const { peopleReporter } = await import('./people-reporter.js')
  const onlyPatch = options.diff !== undefined && process.stdout.isTTY !== true
  return printableReporter(
    peopleReporter({
      output: onlyPatch ? process.stderr : process.stdout,
      progress: process.stdout.isTTY === true && !process.env['CI'],
      verbose: options.verbose === true,
      install: options.install,
      root: options.cwd ?? '.',
    }),
  )
}
