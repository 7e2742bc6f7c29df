import type { HostEdit } from '../../../features/contribution.js'
import { enumerate } from '../../../host/text.js'
import { addReactRoutes, wrapElement } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { TemplateData } from '../../../render/data.js'
import type { Assumption, BillingSpec, HostProfile, NextStep } from '../../../types.js'
import type { ClientStack } from '../stack.js'
import { apiBaseOf } from './api/base-code.js'
import { linkEdits, linksByHand, linkSteps } from './links.js'
import { fileOf, PAGES } from './pages.js'
import { routeFiles, treeToCome } from './routers/tanstack-files.js'
import { REACT_17 } from './react-imports.js'
import { pageSteps, proxySteps, tokenSteps } from './steps.js'
import { detectReact } from './detect/index.js'

/** How billing looks without the host's Tailwind. */
const STYLESHEET = 'client/billing/billing.css'

/** What all front ends of billing share, and the two pages, in the host's router where it has one. */
export const react: ClientStack = {
  name: 'react',
  kind: 'clients',
  package: 'react',
  detect: detectReact,
  typesWaitFor: ({ router }, left) => router && treeToCome(router.value, left),
  contribute: ({ spec, host, data, layout }) => ({
    wants: (logical) =>
      (logical !== STYLESHEET || data.styling === 'css') &&
      (logical !== REACT_17 || (host.client?.react ?? 18) < 18),
    frontEnd: 'react',
    pages: PAGES.map(({ path, component }) => ({ path, file: layout.pathOf(fileOf(component)) })),
    edits: [...routerEdits(host, layout), ...linkEdits(host), ...providerEdits(host, data, layout)],
    steps: [
      ...pageSteps(host, layout),
      ...linkSteps(host, data, layout),
      ...proxySteps(host),
      ...tokenSteps(host, layout),
    ],
    assumptions: doubtsOf(host),
    nextSteps: [
      ...linksByHand(host),
      ...providerSteps(host, data, layout),
      ...featureSteps(spec, layout),
    ],
  }),
}

const PROVIDER = 'client/billing/BillingProvider.tsx'

/** The header and all pages have one provider around them; products alone need none. */
function providerEdits(
  { client }: HostProfile,
  { sells }: TemplateData,
  layout: Layout,
): HostEdit[] {
  if (!client?.mount || !sells.subscriptions) return []
  const { file, tag } = client.mount.value
  const from = layout.specifierOf(PROVIDER, file)
  const edit = { name: 'BillingProvider', from, around: tag }
  return [{ file, apply: (text) => wrapElement(text ?? '', edit) }]
}

/** Where the provider could not be put around the app, its pages have it for themselves. */
function providerSteps(
  { client }: HostProfile,
  { sells }: TemplateData,
  layout: Layout,
): NextStep[] {
  if (!client || client.mount || !sells.subscriptions) return []
  const text = `To know the plan in the app's header as well, put <BillingProvider> of ${layout.pathOf(PROVIDER)} around header and pages, inside what knows who is signed in, and take it out of PricingPage and BillingPage.`
  return [{ code: 'mount_provider', text }]
}

/** A plan of which the request names no features has a sentence in their place. */
function featureSteps(spec: BillingSpec, layout: Layout): NextStep[] {
  const empty = spec.tiers.filter(({ features }) => features.length === 0)
  if (empty.length === 0) return []
  const names = enumerate(empty.map(({ name }) => name))
  const file = layout.pathOf('server/config/polar.config.ts')
  return [
    {
      code: 'describe_plans',
      text: `Say what ${names} ${empty.length === 1 ? 'has' : 'have'}: \`features\` in ${file} is what the pricing page lists.`,
    },
  ]
}

/** What had to be taken for the address of the API. */
function doubtsOf({ client, server }: HostProfile): Assumption[] {
  const base = client && apiBaseOf(client.api.value, server.mounts)
  if (!base?.doubt) return []
  return [{ field: 'host.client.api', value: base.code, reason: base.doubt }]
}

function routerEdits(host: HostProfile, layout: Layout): HostEdit[] {
  const router = host.client?.router
  if (!router) return []
  const { file, guards, kind } = router.value
  if (kind === 'tanstack-files') {
    const pages = PAGES.map((page) => ({
      ...page,
      from: '',
      specifierFrom: (from: string) => layout.specifierOf(fileOf(page.component), from),
    }))
    return routeFiles(router.value, pages, host.format)
  }
  const routes = PAGES.map((page) => ({
    ...page,
    from: layout.specifierOf(fileOf(page.component), file),
  }))
  return [{ file, apply: (text) => addReactRoutes(text ?? '', { routes, guards }) }]
}
