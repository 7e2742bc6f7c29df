import { resolve } from 'node:path'
import { parseRequest } from '../request/index.js'
import type { Assumption, BillingSpec, Unclear } from '../types.js'
import { askAgain, askForTrial, askForRequest } from './questions.js'
import type { CommonOptions } from './options.js'
import type { Reporter } from './reporter.js'
import { shellLoss } from './shell-loss.js'
import { withoutSlashCommand } from './slash-command.js'

export type Pricing =
  | { status: 'ok'; spec: BillingSpec; assumptions: Assumption[] }
  | { status: 'unclear'; unclear: Unclear[]; assumptions: Assumption[] }
  | { status: 'missing' }
  | { status: 'invalid'; message: string }

/** What is to be sold: from the file of `--spec`, else from the words. A terminal is asked. */
export async function readPricing(
  request: string,
  options: CommonOptions,
  interactive: boolean,
  reporter: Reporter,
): Promise<Pricing> {
  if (options.spec !== undefined) {
    if (request.trim() !== '') {
      return { status: 'invalid', message: 'Give the pricing in words or with --spec, not both' }
    }
    const { readSpecFile } = await import('../request/spec-file.js')
    const file = readSpecFile(resolve(options.cwd ?? '.', options.spec))
    return file.status === 'ok' ? { ...file, assumptions: [] } : file
  }
  if (request.trim() === '' && !interactive) return { status: 'missing' }

  // What is typed at a question of ours has passed no shell.
  let throughShell = request.trim() !== ''
  let words = throughShell ? request : withoutSlashCommand(await askForRequest())
  for (;;) {
    const read = parseRequest(words, { trial: options.trial })
    const parsed = throughShell ? shellLoss(words, read) : read
    if (parsed.status === 'unclear') {
      if (!interactive) return parsed
      reporter.unclear(parsed.unclear)
      words = withoutSlashCommand(await askAgain(words))
      throughShell = false
      continue
    }
    const trial = parsed.assumptions.find((one) => one.field.includes('trial'))
    if (!interactive || options.yes || !trial || (await askForTrial(trial.value))) return parsed
    return parseRequest(words, { trial: false })
  }
}
