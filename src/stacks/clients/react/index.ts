import type { HostEdit, Stack } from '../../../features/contribution.js'
import { addReactRoutes } from '../../../patch/index.js'
import type { TemplateData } from '../../../render/data.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile } from '../../../types.js'

/** Components, hook and the two pages, in the host's router where it has one. */
export const react: Stack = {
  name: 'react',
  kind: 'clients',
  contribute: ({ host, data, layout }) => ({
    wants: (logical) => isWanted(logical, data),
    edits: routerEdits(host, layout),
  }),
}

/** What is of use only where something is paid by the interval. */
const OF_SUBSCRIPTIONS = new Set([
  'client/billing/confirmations.ts',
  'client/billing/plan-change.ts',
  'client/billing/plan-offer.ts',
  'client/billing/subscription-facts.ts',
  'client/billing/subscription-steps.ts',
  'client/billing/subscription-summary.ts',
  'client/components/BillingConfirm.tsx',
  'client/components/ChangeError.tsx',
  'client/components/CheckoutButton.tsx',
  'client/components/PeriodSwitch.tsx',
  'client/components/PlanAction.tsx',
  'client/components/PlanCard.tsx',
  'client/components/PlanChangeDialog.tsx',
  'client/components/PlanList.tsx',
  'client/components/PricingTable.tsx',
  'client/components/SubscriptionCard.tsx',
  'client/components/SubscriptionStatus.tsx',
  'client/components/SubscriptionSteps.tsx',
  'client/hooks/subscription-view.ts',
  'client/hooks/useAccessEnd.ts',
  'client/hooks/useSubscription.ts',
])

/** What shows plans, be they free ones or sold by contact alone. */
const OF_PLANS = new Set([
  'client/api/billing-types.ts',
  'client/components/OfferFeatures.tsx',
  'client/hooks/usePlans.ts',
])

/** What shows plans beside products, where no plan has a price. */
const OF_UNPAID_PLANS = new Set(['client/components/TierCards.tsx', 'client/hooks/useOffers.ts'])

function isWanted(logical: string, { styling, sells, plans }: TemplateData): boolean {
  if (logical === 'client/styles/billing.css') return styling === 'css'
  if (OF_UNPAID_PLANS.has(logical)) return plans.length > 0 && !sells.subscriptions
  if (OF_PLANS.has(logical)) return plans.length > 0
  return sells.subscriptions || !OF_SUBSCRIPTIONS.has(logical)
}

function routerEdits(host: HostProfile, layout: Layout): HostEdit[] {
  const router = host.client?.router?.value
  if (!router) return [pagesByHand(layout)]
  const page = (component: string): string =>
    layout.specifierOf(`client/pages/${component}.tsx`, router.file)
  const routes = [
    { path: '/pricing', component: 'PricingPage', access: 'public' as const },
    { path: '/billing', component: 'BillingPage', access: 'protected' as const },
  ].map((route) => ({ ...route, from: page(route.component) }))
  return [{ file: router.file, apply: (text) => addReactRoutes(text ?? '', { routes }) }]
}

/** Without a router that is known, only its owner can say where the pages belong. */
function pagesByHand(layout: Layout): HostEdit {
  const file = layout.pathOf('client/App.tsx')
  const snippet = ['PricingPage', 'BillingPage']
    .map((page) => {
      const from = layout.specifierOf(`client/pages/${page}.tsx`, file)
      return `import { ${page} } from '${from}'`
    })
    .join('\n')
  return {
    file,
    apply: (text) =>
      Promise.resolve(
        text !== null && text.includes('PricingPage') && text.includes('BillingPage')
          ? { status: 'unchanged' }
          : {
              status: 'missed',
              code: 'unsupported_routes',
              reason:
                'No React Router was found: show the pages at /pricing and /billing yourself.',
              snippet,
            },
      ),
  }
}
