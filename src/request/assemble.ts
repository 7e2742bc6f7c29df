import type { Assumption, BillingSpec, Unclear } from '../types.js'
import { resolveCurrency, type CurrencyReading, type Placed } from './amounts.js'
import { buildDiscounts } from './coupons.js'
import { newEntry, type Collected } from './entries.js'
import { shareFeatures } from './feature-lists.js'
import { Findings } from './findings.js'
import { explainFreeMonths } from './free-months.js'
import { markHighlights } from './highlights.js'
import { checkLeftovers } from './leftovers.js'
import { checkPending, checkStatements } from './validation.js'
import { buildMeters } from './meters.js'
import type { Piece } from './pieces.js'
import { buildPlans } from './plans.js'
import { slugMaker } from './slug.js'
import { assignTrials } from './trial-plan.js'
import { checkUnclaimed } from './unclaimed.js'

export type ParsedRequest =
  | { status: 'ok'; spec: BillingSpec; assumptions: Assumption[]; currency: CurrencyReading }
  | { status: 'unclear'; unclear: Unclear[]; assumptions: Assumption[] }

/** Turns what was collected into a spec, or says everything that keeps it from being one. */
export function assemble(
  collected: Collected,
  pieces: Piece[],
  text: string,
  trial: boolean,
): ParsedRequest {
  const findings = new Findings(text)
  for (const { start, end, reason } of collected.doubts) findings.doubt(start, end, reason)
  if (collected.tooMuch) {
    findings.note(
      findings.quote(0, text.length),
      'too many plans or open questions for one request; use --spec',
    )
    return { status: 'unclear', unclear: findings.unclear, assumptions: [] }
  }
  checkLeftovers(collected, pieces, findings)
  const reading = resolveCurrency(amountsOf(pieces), collected.currencies, text, findings)
  const { currency } = reading
  if (collected.freemium) addFreePlan(collected, text, findings)
  markHighlights(collected, findings)
  shareFeatures(collected)
  // One for all: the slugs of plans, products and meters meet in the generated code.
  const slug = slugMaker()
  const { tiers, products } = buildPlans(collected, currency, slug, findings)
  explainFreeMonths(collected)
  assignTrials(collected, tiers, trial, findings)
  const meters = buildMeters(collected, tiers, currency, slug, findings)
  const discounts = buildDiscounts(collected, currency, tiers.size + meters.length > 0, findings)
  checkPending(collected, findings)
  const spec: BillingSpec = {
    version: 1,
    currency,
    tiers: [...tiers.values()],
    products,
    meters,
    discounts,
    gating: collected.gating,
  }
  checkStatements(collected, spec, text, findings)
  checkUnclaimed(collected, pieces, spec, findings)
  const { assumptions, unclear } = findings
  if (unclear.length > 0) return { status: 'unclear', unclear, assumptions }
  return { status: 'ok', spec, assumptions, currency: reading }
}

// The word says that there is a free plan, also where the list of plans does not.
function addFreePlan(collected: Collected, text: string, findings: Findings): void {
  if (collected.entries.length === 0 || collected.entries.some(({ free }) => free)) return
  if (
    collected.entries.some(({ prices }) =>
      prices.some(({ piece }) => piece.money.value.digits === 0n),
    )
  )
    return
  collected.entries.unshift(newEntry('Free', { free: true, end: text.length }))
  findings.assume('tiers.free', 'Free', 'freemium pricing has a free plan')
}

function amountsOf(pieces: Piece[]): Placed[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'price' || piece.kind === 'usage') return [piece]
    if (piece.kind === 'discount' && piece.money) {
      return [{ money: piece.money, start: piece.start, end: piece.end }]
    }
    return []
  })
}
