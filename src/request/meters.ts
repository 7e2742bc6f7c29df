import type { Meter, Tier } from '../types.js'
import { minorValue } from './amounts.js'
import { decimalText, dividedBy, wholeNumber } from './decimal.js'
import type { Collected, Entry, LooseUsage } from './entries.js'
import type { Findings } from './findings.js'
import { PAY_AS_YOU_GO } from './headings.js'
import { samePeriod } from './offer.js'
import type { QuantityPiece, UsagePiece } from './pieces.js'
import type { SlugMaker } from './slug.js'
import { describeUnit, sameUnit } from './units.js'

/** The meters of the request. Takes the tiers as already built, to name the one that carries each. */
export function buildMeters(
  collected: Collected,
  tiers: Map<Entry, Tier>,
  currency: string,
  slug: SlugMaker,
  findings: Findings,
): Meter[] {
  const meters: Meter[] = []
  for (const usage of allUsages(collected)) {
    const owner = ownerOf(usage, tiers, findings)
    const quantities = [...(usage.owner?.quantities ?? []), ...collected.quantities]
    const meter = buildMeter(
      usage.piece,
      quantities,
      owner ? (tiers.get(owner) ?? null) : null,
      currency,
      findings,
    )
    if (!meter) continue
    const { piece } = usage
    if (
      meters.some(
        (other) =>
          other.tier === meter.tier &&
          other.name === meter.name &&
          sameUnit(other.unit, meter.unit),
      )
    ) {
      findings.doubt(
        piece.start,
        piece.end,
        `a second price per ${meter.unit}; usage has one price per unit`,
      )
    }
    meters.push({ ...meter, slug: slug(meter.name, `${meter.name} usage`) })
  }
  return meters
}

function allUsages(collected: Collected): LooseUsage[] {
  const own = collected.entries.flatMap((owner) =>
    owner.usages.map((piece) => ({ piece, offer: null, owner, joined: true })),
  )
  const all = [...own, ...collected.usages]
  return all.map((usage) => usage as LooseUsage).sort((a, b) => a.piece.start - b.piece.start)
}

function ownerOf(usage: LooseUsage, tiers: Map<Entry, Tier>, findings: Findings): Entry | null {
  const able = [...tiers].filter(([, tier]) => !tier.contactSales)
  const paid = able.filter(([, tier]) => !tier.free)
  if (usage.joined && usage.owner && tiers.has(usage.owner)) return usage.owner
  if (able.length === 0) return null
  const lead = (usage.offer?.lead ?? []).map(({ token }) => token.lower).join(' ')
  if (PAY_AS_YOU_GO.test(lead)) {
    const reason =
      'usage sold alone, or on top of a plan; write "Pay as you go $0/mo + …", or it behind the plan\'s price'
    findings.doubt(usage.piece.start, usage.piece.end, reason)
    return null
  }
  if (paid.length === 1 && (able.length === 1 || usage.owner === paid[0]?.[0]))
    return paid[0]?.[0] ?? null
  if (able.length === 1) return able[0]?.[0] ?? null
  findings.doubt(
    usage.piece.start,
    usage.piece.end,
    'it is not clear which plan is charged for this usage',
  )
  return null
}

function buildMeter(
  piece: UsagePiece,
  quantities: QuantityPiece[],
  tier: Tier | null,
  currency: string,
  findings: Findings,
): Meter | null {
  const quota = quotaOf(piece, quantities, findings)
  if (quota === undefined) return null
  const unit = piece.unit ?? quota?.unit ?? null
  if (unit === null) {
    findings.doubt(
      piece.start,
      piece.end,
      'it does not say what is counted; write it, like $0.01 per call',
    )
    return null
  }
  const included = piece.included ?? quota?.value ?? null
  const unitAmount = dividedBy(minorValue(piece.money.value, currency), piece.per)
  if (!unitAmount) {
    findings.doubt(
      piece.start,
      piece.end,
      'the price of one unit has no end; write a price that divides evenly',
    )
    return null
  }
  if (unitAmount.digits <= 0n) {
    findings.doubt(piece.start, piece.end, 'usage that costs nothing needs no price; leave it out')
    return null
  }
  if (Number(decimalText(unitAmount)) > 99_999_999) {
    findings.doubt(piece.start, piece.end, 'above the largest price Polar takes; check the amount')
    return null
  }
  checkPeriod(piece, piece.included ? null : quota, tier, findings)
  return {
    slug: '',
    ...describeUnit(unit),
    included: included ? (wholeNumber(included) ?? 0) : 0,
    unitAmount: decimalText(unitAmount),
    tier: tier?.slug ?? null,
  }
}

/** The quota a usage price begins beyond: null when there is none, undefined when it is unclear. */
function quotaOf(
  piece: UsagePiece,
  quantities: QuantityPiece[],
  findings: Findings,
): QuantityPiece | null | undefined {
  const same = quantities.filter(
    (each) => each.unit === null || piece.unit === null || sameUnit(each.unit, piece.unit),
  )
  const meant = piece.overage ? same : same.filter((each) => each.included)
  if (piece.included) {
    const clash = meant.find((each) => each.value.digits !== piece.included?.digits)
    if (!clash) return null
    findings.doubt(
      Math.min(clash.start, piece.start),
      Math.max(clash.end, piece.end),
      'names two quotas; write one',
    )
    return undefined
  }
  const [quota, second] = meant
  if (second && second.value.digits !== quota?.value.digits) {
    findings.doubt(quota?.start ?? second.start, second.end, 'names two quotas; write one')
    return undefined
  }
  if (quota?.doubt) {
    findings.doubt(quota.start, quota.end, quota.doubt)
    return undefined
  }
  if (quota) return quota
  if (piece.overage) {
    findings.doubt(
      piece.start,
      piece.end,
      'it does not say how much is included before this price begins',
    )
    return undefined
  }
  const loose = same.find((each) => each.unit !== null)
  if (loose) {
    const reason = `it does not say whether "${findings.quote(loose.start, loose.end)}" is included; write "over …" or "then …"`
    findings.doubt(piece.start, piece.end, reason)
    return undefined
  }
  return null
}

function checkPeriod(
  piece: UsagePiece,
  quota: QuantityPiece | null | undefined,
  tier: Tier | null,
  findings: Findings,
): void {
  for (const { period, start, end } of [piece, ...(quota ? [quota] : [])]) {
    if (!period || !tier) continue
    const fits = tier.prices.every((price) =>
      samePeriod(period, { interval: price.interval, count: price.intervalCount }),
    )
    if (!fits)
      findings.doubt(start, end, `"${tier.name}" is billed at another interval than this names`)
  }
}
