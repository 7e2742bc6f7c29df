import type { Meter, Period, Tier } from '../types.js'
import { minorValue } from './amounts.js'
import { decimalText, dividedBy, wholeNumber } from './decimal.js'
import type { Collected, Entry, LooseUsage } from './entries.js'
import type { Findings } from './findings.js'
import { PAY_AS_YOU_GO } from './headings.js'
import { samePeriod } from './offer.js'
import { otherUnitReason } from './other-units.js'
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
  const usages = allUsages(collected)
  const units = usages.flatMap(({ piece }) => piece.unit ?? [])
  for (const usage of usages) {
    const owner = ownerOf(usage, tiers, findings)
    const quantities = [...(usage.owner?.quantities ?? []), ...collected.quantities]
    const quotas = quotasOf(usage.piece, quantities)
    const others = quantities.filter(
      ({ unit }) => unit !== null && !units.some((each) => sameUnit(each, unit)),
    )
    if (!checkOthers(usage.piece, quotas, others, findings)) continue
    const meter = buildMeter(
      usage.piece,
      quotas,
      owner ? (tiers.get(owner) ?? null) : null,
      currency,
      findings,
    )
    for (const quota of quotas.meant) collected.ledger.claim(quota, 'quota')
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
  quotas: Quotas,
  tier: Tier | null,
  currency: string,
  findings: Findings,
): Meter | null {
  const quota = quotaOf(piece, quotas, findings)
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

/** The quantities of a unit that is priced, and those of them that are said to be included. */
interface Quotas {
  same: QuantityPiece[]
  meant: QuantityPiece[]
}

function quotasOf(piece: UsagePiece, quantities: QuantityPiece[]): Quotas {
  const same = quantities.filter(
    (each) => each.unit === null || piece.unit === null || sameUnit(each.unit, piece.unit),
  )
  return { same, meant: piece.overage ? same : same.filter((each) => each.included) }
}

/** Whether no quantity of another unit may be the quota of a price that has none. */
function checkOthers(
  { unit, included }: UsagePiece,
  { meant }: Quotas,
  others: QuantityPiece[],
  findings: Findings,
): boolean {
  if (unit === null || included !== null || meant.length > 0) return true
  const doubts = others.flatMap((each) => {
    const { start, end } = each
    const reason = otherUnitReason(each, findings.quote(start, end), unit)
    return reason === null ? [] : [{ start, end, reason }]
  })
  for (const { start, end, reason } of doubts) findings.doubt(start, end, reason)
  return doubts.length === 0
}

/** The quota a usage price begins beyond: null when there is none, undefined when it is unclear. */
function quotaOf(
  piece: UsagePiece,
  { same, meant }: Quotas,
  findings: Findings,
): QuantityPiece | null | undefined {
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

// What Polar bills usage at where no recurring price says otherwise.
const MONTH: Period = { interval: 'month', count: 1 }

function checkPeriod(
  piece: UsagePiece,
  quota: QuantityPiece | null | undefined,
  tier: Tier | null,
  findings: Findings,
): void {
  for (const { period, start, end } of [piece, ...(quota ? [quota] : [])]) {
    if (!period) continue
    const prices = tier?.prices.map(({ interval, intervalCount: count }) => ({ interval, count }))
    const bills = prices?.length ? prices : [MONTH]
    const other = bills.find((bill) => !samePeriod(period, bill))
    if (!other) continue
    const billed = other.count === 1 ? `a ${other.interval}` : `${other.count} ${other.interval}s`
    const reason = tier?.prices.length
      ? `"${tier.name}" is billed at another interval than this names; write the number or the price for ${billed}`
      : 'usage is counted for a month, from bill to bill; write the number or the price for a month'
    findings.doubt(start, end, reason)
  }
}
