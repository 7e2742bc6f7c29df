import type { HostProblem } from '../host/index.js'
import { sellsSubscriptions } from '../polar/sold-tiers.js'
import { priceTable } from '../request/index.js'
import type { BillingSpec } from '../types.js'
import { EXIT } from './exit.js'
import { missingAnswers, type MissingRoutes } from './missing-answers.js'
import { isInteractive } from './options.js'
import { readPricing, type Pricing } from './pricing.js'
import { withResume } from './resume-unclear.js'
import { goOn, type Run, type Stage } from './run.js'

/** Reads the pricing and reports what was read, and what is wrong with it. */
export async function readOffer(run: Run, request: string, ask: boolean): Promise<Pricing> {
  const { options, reporter } = run
  const pricing = await readPricing(request, options, ask, reporter)
  switch (pricing.status) {
    case 'missing':
      break
    case 'invalid': {
      const hint = 'Correct it, then run again.'
      reporter.error({ code: 'invalid_spec', message: pricing.message, hint })
      break
    }
    case 'unclear': {
      const unclear = withResume(pricing.unclear, options)
      run.assume(pricing.assumptions)
      run.learn({ unclear })
      reporter.unclear(unclear)
      const message = 'The request has no single reading.'
      const hint = 'Settle what is quoted, then run again.'
      reporter.error({ code: 'unclear', message, hint })
      break
    }
    case 'ok': {
      run.assume(pricing.assumptions)
      run.learn({ spec: pricing.spec, prices: priceTable(pricing.spec) })
      if (isForSale(pricing.spec)) break
      const message = 'Nothing in the request has a price.'
      const hint = 'Name one, like Pro $29/mo, or course $299 once.'
      reporter.error({ code: 'nothing_for_sale', message, hint })
    }
  }
  return pricing
}

/** What is sold; the end of the run where there is nothing to go on with. */
export function offerOf(run: Run, pricing: Pricing): Stage<BillingSpec> {
  switch (pricing.status) {
    case 'missing':
      askForMissing(run, { request: true })
      return run.end('unclear', EXIT.usage)
    case 'invalid':
      return run.end('unclear', EXIT.usage)
    case 'unclear':
      return run.end('unclear', EXIT.unclear)
    case 'ok':
      return isForSale(pricing.spec) ? goOn(pricing.spec) : run.end('unsupported', EXIT.unsupported)
  }
}

/** With anything that is missing, the consent to write is asked for as well: all in one list. */
export function askForMissing(
  run: Run,
  missing: { problems?: HostProblem[]; request?: boolean; routes?: MissingRoutes },
): void {
  const { options } = run
  const apply = !isInteractive(options) && !options.yes && !options.dryRun
  const answers = missingAnswers(options, missing)
  if (answers.length > 0) run.reporter.needsInput(missingAnswers(options, { ...missing, apply }))
}

/** Free plans, and plans that are sold in person, need no billing. */
function isForSale(spec: BillingSpec): boolean {
  return sellsSubscriptions(spec) || spec.products.length > 0
}
