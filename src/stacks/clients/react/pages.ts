/** What a front end gets of billing, under the addresses that billing itself links. */
export const PAGES = [
  { path: '/pricing', component: 'PricingPage', access: 'public' as const },
  { path: '/billing', component: 'BillingPage', access: 'protected' as const },
]

/** The logical path of a page. */
export function fileOf(component: string): string {
  return `client/pages/${component}.tsx`
}
