import { soldTiers } from '../polar/sold-tiers.js'
import { gatedFeatures, type GatedFeature } from './gated-features.js'
import { priceVariable, productVariable, variableName } from './variable-names.js'
import type {
  BillingSpec,
  Discount,
  Interval,
  Meter,
  OneTimeProduct,
  Period,
  TierPrice,
} from '../types.js'

/** What templates can name of the pricing. */
export interface SoldData {
  meters: Meter[]
  products: ProductData[]
  discounts: DiscountData[]
  /** By plan, from the lowest on; empty when features are not protected. */
  gatedFeatures: GatedFeature[]
  /** What the request asks for; everything else leaves no trace. */
  sells: Sells
  plans: PlanData[]
  /** All plans, from the lowest to the highest. */
  rankedPlans: PlanData[]
  /** Plans with a price, in the request's order, each with its first price. */
  paidPlans: PaidPlan[]
  /** By the year. */
  cheapest: PaidPlan | null
  /**
   * By the year, of the plans that a subscription to the cheapest can move to and back: those by
   * the seat as well when it is, else those that are not. Null when there is none.
   */
  mostExpensive: PaidPlan | null
  freePlan: PlanData | null
  contactPlan: PlanData | null
  highlightedPlan: PlanData | null
  trialPlan: PaidPlan | null
  /** A plan by the seat beside one that is not: Polar moves nobody from the one to the other. */
  seatPair: SeatPair | null
  /** A plan that is sold by a shorter and by a longer interval. */
  intervalPair: IntervalPair | null
}

export interface Sells {
  /** Something is paid by the interval. */
  subscriptions: boolean
  /** Something is paid once. */
  products: boolean
  usage: boolean
  severalMeters: boolean
  /** Codes that lower a price. */
  discounts: boolean
  /** A plan is priced by the seat. */
  seats: boolean
  /** A plan is sold by more than one interval. */
  periods: boolean
  /** Features are protected by plan. */
  gating: boolean
}

export interface ProductData extends OneTimeProduct {
  /** The environment variable with the id of the Polar product: POLAR_PRODUCT_ID_COURSE. */
  variable: string
}

export interface DiscountData extends Discount {
  /** The environment variable with the id of the Polar discount: POLAR_DISCOUNT_HELLO. */
  variable: string
}

export interface PlanData {
  slug: string
  name: string
  free: boolean
  contactSales: boolean
  highlighted: boolean
  trial: Period | null
  features: string[]
  prices: PriceData[]
}

export interface SeatPair {
  bySeat: PaidPlan
  flat: PaidPlan
  /** One seat costs more by the year than the flat price. */
  seatIsDearer: boolean
}

export interface IntervalPair {
  slug: string
  shorter: PriceData
  longer: PriceData
}

export interface PriceData extends TierPrice {
  /** The environment variable with the id of the Polar product: POLAR_PRODUCT_ID_PRO. */
  variable: string
}

export interface PaidPlan extends PlanData {
  price: PriceData
}

export function soldData(spec: BillingSpec): SoldData {
  const tiers = soldTiers(spec)
  const variables = new Set([...tiers, ...spec.products].map(({ slug }) => productVariable(slug)))
  const plans = tiers.map((tier) => ({
    ...tier,
    prices: tier.prices.map((price, index) => ({
      ...price,
      variable: priceVariable(tier.slug, price, index, variables),
    })),
  }))
  const paidPlans = plans.flatMap((plan) => {
    const price = plan.prices[0]
    return price ? [{ ...plan, price }] : []
  })
  const byYear = paidPlans.toSorted((a, b) => yearlyAmount(a.price) - yearlyAmount(b.price))
  const [cheapest = null, ...dearer] = byYear
  const within = dearer.filter(({ price }) => price.perSeat === cheapest?.price.perSeat)
  const rankedPlans = plans.toSorted(byRank)
  const isGated = spec.gating && paidPlans.length > 0
  return {
    meters: spec.meters,
    products: spec.products.map((product) => ({
      ...product,
      variable: productVariable(product.slug),
    })),
    discounts: spec.discounts.map((discount) => ({
      ...discount,
      variable: `POLAR_DISCOUNT_${variableName(discount.code)}`,
    })),
    gatedFeatures: isGated ? gatedFeatures(rankedPlans) : [],
    sells: {
      subscriptions: paidPlans.length > 0,
      products: spec.products.length > 0,
      usage: spec.meters.length > 0,
      severalMeters: spec.meters.length > 1,
      discounts: spec.discounts.length > 0,
      seats: paidPlans.some(({ prices }) => prices.some(({ perSeat }) => perSeat)),
      periods: paidPlans.some(({ prices }) => prices.length > 1),
      gating: isGated,
    },
    plans,
    rankedPlans,
    paidPlans,
    cheapest,
    mostExpensive: within.at(-1) ?? null,
    freePlan: plans.find((plan) => plan.free) ?? null,
    contactPlan: plans.find((plan) => plan.contactSales) ?? null,
    highlightedPlan: plans.find((plan) => plan.highlighted) ?? null,
    trialPlan: paidPlans.find((plan) => plan.trial !== null) ?? null,
    seatPair: seatPairOf(byYear),
    intervalPair: intervalPairOf(paidPlans),
  }
}

const PER_YEAR: Record<Interval, number> = { day: 365, week: 52, month: 12, year: 1 }

/** Minor units a year, to put plans of different intervals in order. */
function yearlyAmount(price: TierPrice): number {
  return price.amount * timesPerYear(price)
}

/** As the generated code compares plans: by the year at their cheapest, sold by contact last. */
function byRank(a: PlanData, b: PlanData): number {
  const [rankOfA, rankOfB] = [rankOf(a), rankOf(b)]
  return rankOfA === rankOfB ? 0 : rankOfA - rankOfB
}

function rankOf(plan: PlanData): number {
  if (plan.contactSales) return Infinity
  return plan.free ? 0 : Math.min(...plan.prices.map(yearlyAmount))
}

function timesPerYear(price: TierPrice): number {
  return PER_YEAR[price.interval] / price.intervalCount
}

/** @param byYear from the cheapest to the most expensive */
function seatPairOf(byYear: PaidPlan[]): SeatPair | null {
  const bySeat = byYear.find(({ price }) => price.perSeat)
  const flat = byYear.find(({ price }) => !price.perSeat)
  if (!bySeat || !flat) return null
  return { bySeat, flat, seatIsDearer: byYear.indexOf(bySeat) > byYear.indexOf(flat) }
}

function intervalPairOf(plans: PaidPlan[]): IntervalPair | null {
  for (const { slug, prices } of plans) {
    const [shorter, ...others] = prices.toSorted((a, b) => timesPerYear(b) - timesPerYear(a))
    const longer = others.findLast(({ perSeat }) => perSeat === shorter?.perSeat)
    if (shorter && longer && timesPerYear(shorter) > timesPerYear(longer)) {
      return { slug, shorter, longer }
    }
  }
  return null
}
