import { resolve } from 'node:path'
import { parseRequest, type ParsedRequest } from '../request/index.js'
import type { Assumption, BillingSpec, Unclear } from '../types.js'
import { askAgain, askForTrial, askForRequest } from './questions.js'
import type { CommonOptions } from './options.js'
import type { Reporter } from './reporter.js'

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

  let words = request.trim() === '' ? await askForRequest() : request
  for (;;) {
    const parsed = withoutShellLoss(parseRequest(words, { trial: options.trial }), words, request)
    if (parsed.status === 'unclear') {
      if (!interactive) return parsed
      reporter.unclear(parsed.unclear)
      words = await askAgain(words)
      continue
    }
    const trial = parsed.assumptions.find((one) => one.field.includes('trial'))
    if (!interactive || options.yes || !trial || (await askForTrial(trial.value))) return parsed
    return parseRequest(words, { trial: false })
  }
}

/**
 * In double quotes a shell turns `$29` into `9`. So a price without a currency on the command line
 * has two readings; the same words typed at our own question have one.
 */
function withoutShellLoss(parsed: ParsedRequest, words: string, request: string): ParsedRequest {
  const { assumptions } = parsed
  const assumed = assumptions.some((one) => one.field === 'currency')
  if (parsed.status === 'unclear' || words !== request || !assumed) return parsed
  const reason =
    'no currency is named. A shell turns "$29" in double quotes into "9": put the request in ' +
    'single quotes, or write the currency as a word, like 29 USD'
  const others = assumptions.filter((one) => one.field !== 'currency')
  return { status: 'unclear', unclear: [{ text: words, reason }], assumptions: others }
}
