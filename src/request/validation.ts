import type { BillingSpec } from '../types.js'
import type { Collected, Pending } from './entries.js'
import type { Findings } from './findings.js'
import { isPlanName } from './names.js'
import { notPriced } from './reasons.js'
import { REQUEST_WORDS, USAGE_NOUNS } from './vocabulary.js'

/** Names without a price, free or "contact us" are unclear; plain introductions are not names. */
export function checkPending(collected: Collected, findings: Findings): void {
  for (const pending of collected.pending) {
    if (isTechnology(pending)) {
      findings.assume('request', pending.name.name, 'says nothing about prices; left out')
      collected.ledger.claim(pending.offer, 'left-out')
      continue
    }
    if (isAboutUsage(pending, collected) || isIntroduction(pending, collected)) continue
    const { name, start, end } = pending.name
    if (
      isRemark(pending) &&
      COMPARES.test(findings.quote(pending.offer.start, pending.offer.end))
    ) {
      findings.doubt(start, end, 'it compares a price, and names none; write the amount')
    } else if (isRemark(pending)) {
      const { offer } = pending
      const words = findings.quote(offer.start, offer.end)
      if (speaksOfPrices(offer)) findings.doubt(offer.start, offer.end, SPEAKS_OF_PRICES)
      else findings.assume('request', words, 'says nothing about prices; left out')
      collected.ledger.claim(offer, 'left-out')
    } else if (!findings.isDoubted(start, end)) {
      findings.doubt(start, end, notPriced(name))
    }
  }
}

function isAboutUsage({ offer }: Pending, { usages, entries }: Collected): boolean {
  if (usages.length === 0 && entries.every((entry) => entry.usages.length === 0)) return false
  return offer.lead.every(
    ({ token }) => USAGE_NOUNS.has(token.lower) || REQUEST_WORDS.has(token.lower),
  )
}

const TECHNOLOGY =
  /^(?:express|node|nodejs|node\.js|postgres|postgresql|react|vite|next|next\.js|nextjs|typescript|javascript|prisma|drizzle|knex|sequelize|typeorm|docker|backend|frontend|server|client|database|sql|jwt|session|sessions|vitest|jest|tailwind|orm|esm|commonjs|code|codebase|repo|repository|tests|test|docs|documentation|migrations|webhooks|webhook|dashboard|portal|sandbox)$/

// 'Use Express 5 and Node 20.' is about the host, not about what is sold.
function isTechnology({ offer }: Pending): boolean {
  const named = offer.lead.some(({ token }) => TECHNOLOGY.test(token.lower))
  return (
    named &&
    offer.lead.every(
      ({ token }) =>
        token.kind === 'number' || TECHNOLOGY.test(token.lower) || REQUEST_WORDS.has(token.lower),
    )
  )
}

const SUBJECT =
  /^(?:billing|payments?|subscriptions?|pricing|polar|polar\.sh|usage-based|checkout|monetize|monetise|saas|paid|charge|sell|selling|shop|store|app)$/

function isIntroduction({ offer, early, name }: Pending, { entries, usages }: Collected): boolean {
  if (!early || entries.length + usages.length === 0) return false
  const about = offer.lead.some(({ token }) => SUBJECT.test(token.lower))
  return about && !isPlanName(name.name) && !/^\p{Lu}/u.test(firstLetter(offer, name.start))
}

function firstLetter(offer: Pending['offer'], at: number): string {
  return offer.lead.find((word) => word.start === at)?.token.text ?? ''
}

const SPEAKS_OF_PRICES =
  'it may say something of a price; write the price behind its name, or leave it out'
const PRICE_WORDS = /^(?:prices?|pricing|costs?|fees?|pays?|paid|rates?|charged?|charges|discount)$/

// 'Weekly digests for 100 admins' says nothing of prices; '77 requests/day free' and '9 EUR' do.
function speaksOfPrices({ segment: { parts } }: Pending['offer']): boolean {
  const numbered = parts.some((part) => part.kind === 'word' && part.token.kind === 'number')
  return parts.some((part, at) => {
    if (part.kind === 'word') return numbered && PRICE_WORDS.test(part.token.lower)
    const next = parts[at + 1]
    if (part.kind === 'interval')
      return next?.kind !== 'word' || REQUEST_WORDS.has(next.token.lower)
    if (part.kind === 'quantity') return part.included || part.period !== null
    if (part.kind === 'flag') return part.flag === 'free' || part.flag === 'free-tier'
    return part.kind === 'percent' || (part.kind === 'currency' && numbered)
  })
}

const COMPARES =
  /\b(?:twice|double|triple|thrice|half|halved|times (?:as|the|that)|\d+x|same (?:price|for|as)|as much|cheaper|more expensive|percent)\b/i

// A sentence of its own, in lower case: 'also make it look nice'.
function isRemark({ offer, name, early }: Pending): boolean {
  const { before } = offer.segment
  if (
    early ||
    before === ',' ||
    before === 'and' ||
    before === 'or' ||
    before === '/' ||
    before === '|'
  )
    return false
  const words = offer.lead.length
  return words >= 3 && !isPlanName(name.name) && !offer.segment.bullet
}

// 'plus usage at cost', as a feature.
const USAGE =
  /^(?:plus )?(?:metered |any )?(?:usage|overages?)\b(?!.*\b(?:dashboard|analytics|reports?|limits?|alerts?|stats|statistics|insights|tracking|charts?))/i

/** What the request says about itself must agree with what was read. */
export function checkStatements(
  collected: Collected,
  spec: BillingSpec,
  text: string,
  findings: Findings,
): void {
  const sold = spec.tiers.length + spec.products.length + spec.meters.length
  if (sold === 0 && findings.unclear.length === 0) {
    findings.note(
      findings.quote(0, text.length),
      'nothing to sell is named; write for example "Pro ($29/mo)"',
    )
  }
  const paid = spec.tiers.filter((tier) => tier.prices.length > 0).length
  for (const count of collected.counts) {
    const named =
      count.of === 'all'
        ? spec.products.length + spec.tiers.length
        : count.of === 'products'
          ? spec.products.length
          : count.paid
            ? paid
            : spec.tiers.length
    if (
      count.count !== named &&
      !countsIntervals(count.count, collected, spec) &&
      findings.unclear.length === 0
    ) {
      const reason = `says ${count.count}, and ${named} ${named === 1 ? 'is' : 'are'} named with a price`
      findings.doubt(count.start, count.end, reason)
    }
  }
  const usage = spec.tiers.flatMap((tier) => tier.features).find((text) => USAGE.test(text))
  const unpriced = 'usage is charged, and it does not say how much; write a price per unit'
  if (usage !== undefined && spec.meters.length === 0) findings.note(usage, unpriced)
  const { usageSaid } = collected
  if (usageSaid && spec.meters.length === 0)
    findings.doubt(usageSaid.start, usageSaid.end, unpriced)
  if (collected.noBase && paid > 0) {
    findings.note('no base price', 'the request names a recurring price and says there is none')
  }
  if (collected.noFree && spec.tiers.some((tier) => tier.free)) {
    findings.note('no free plan', 'the request names a free plan and says there is none')
  }
  if (collected.tax) {
    findings.assume(
      'taxes',
      'on top',
      'Polar reckons the tax of each customer; whether it comes on top is the tax behavior set there',
    )
  }
  if (collected.noCard) {
    findings.assume(
      'trial.card',
      'not set',
      "whether a trial asks for a card is decided by Polar's checkout",
    )
  }
  for (const { start, end } of collected.leftOut) {
    findings.assume('request', findings.quote(start, end), 'says nothing about prices; left out')
    collected.ledger.claim({ start, end }, 'left-out')
  }
}

// 'two plans: monthly $15, yearly $150' counts the prices of the one plan.
function countsIntervals(count: number, collected: Collected, spec: BillingSpec): boolean {
  const [only, second] = spec.tiers
  const unnamed = collected.entries.some((entry) => entry.unnamed)
  return unnamed && second === undefined && only?.prices.length === count
}
