import type { Interval, TierPrice } from '../types.js'

/** The variable with the id of a Polar product: POLAR_PRODUCT_ID_COURSE. */
export function productVariable(slug: string): string {
  return `POLAR_PRODUCT_ID_${variableName(slug)}`
}

/**
 * One Polar product has one interval, so each price of a plan has a product of its own:
 * POLAR_PRODUCT_ID_PRO for the first price, POLAR_PRODUCT_ID_PRO_YEARLY and
 * POLAR_PRODUCT_ID_CLUB_EVERY_6_MONTHS for further ones.
 *
 * @param index of the price among those of its plan
 * @param variables those of all plans' first prices and of all products
 */
export function priceVariable(
  slug: string,
  price: TierPrice,
  index: number,
  variables: ReadonlySet<string>,
): string {
  const first = productVariable(slug)
  if (index === 0) return first
  const every = price.intervalCount === 1 ? ADVERB[price.interval] : everyN(price)
  const further = `${first}_${every}`
  // A plan or product 'pro-yearly' has this name already; no slug gives two underscores in a row.
  return variables.has(further) ? `${first}__${every}` : further
}

/** A slug or code as a part of a variable's name: PRO_YEARLY. */
export function variableName(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
}

const ADVERB: Record<Interval, string> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
}

function everyN(price: TierPrice): string {
  return `EVERY_${price.intervalCount}_${price.interval.toUpperCase()}S`
}
