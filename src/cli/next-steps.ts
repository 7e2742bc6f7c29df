import { layoutOf } from '../render/layout.js'
import type { HostProfile, Plan } from '../types.js'
import type { CommonOptions } from './options.js'

/** What is left for a person to do, in order. */
export function nextStepsOf(plan: Plan, options: CommonOptions): string[] {
  const { host } = plan
  const names = plan.env.map(({ name }) => name)
  const products = names.filter((name) => name.startsWith('POLAR_PRODUCT_'))
  const discounts = names.filter((name) => name.startsWith('POLAR_DISCOUNT_'))
  const manager = host.packageManager.value
  return [
    ...(options.install ? [] : [`Install the packages: ${manager} install`]),
    `Create the products in Polar's sandbox and put their ids into .env: ${products.join(', ')}`,
    ...(discounts.length > 0
      ? [`Create the discounts there as well, for their codes: ${discounts.join(', ')}`]
      : []),
    'Put POLAR_ACCESS_TOKEN and POLAR_WEBHOOK_SECRET into .env',
    `Migrate the database: ${manager} run migrate`,
    'Point a Polar webhook at /api/webhooks/polar; `polar listen` brings it to your machine',
    ...(host.server.login === null
      ? [`Connect your login in ${loginPlace(host)}; until then billing answers 401 to everybody`]
      : []),
    'Read docs/billing/polar-integration.md',
  ]
}

function loginPlace(host: HostProfile): string {
  return layoutOf(host).pathOf('server/routes/billing.routes.ts')
}
