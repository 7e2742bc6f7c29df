import type { TierPrice } from '../types.js'

/** How often a price is paid, for people: "per month", "every 3 months". */
export function intervalText({ interval, intervalCount }: TierPrice): string {
  return intervalCount === 1 ? `per ${interval}` : `every ${intervalCount} ${interval}s`
}
