import type { HostEdit } from '../../../features/contribution.js'
import { enumerate } from '../../../host/text.js'
import { addReactRoutes, wrapElement } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { TemplateData } from '../../../render/data.js'
import type { Assumption, BillingSpec, HostProfile, NextStep } from '../../../types.js'
import type { ClientStack } from '../stack.js'
import { apiBaseOf } from './api/base-code.js'
import { linkEdits, linksByHand } from './links.js'
import { routeFiles } from './routers/tanstack-files.js'
import { REACT_17 } from './react-imports.js'
import { detectReact } from './detect/index.js'

/** How billing looks without the host's Tailwind. */
const STYLESHEET = 'client/billing/billing.css'

const PAGES = [
  { path: '/pricing', component: 'PricingPage', access: 'public' as const },
  { path: '/billing', component: 'BillingPage', access: 'protected' as const },
]

function fileOf(component: string): string {
  return `client/pages/${component}.tsx`
}

/** What all front ends of billing share, and the two pages, in the host's router where it has one. */
export const react: ClientStack = {
  name: 'react',
  kind: 'clients',
  package: 'react',
  detect: detectReact,
  contribute: ({ spec, host, data, layout }) => ({
    wants: (logical) =>
      (logical !== STYLESHEET || data.styling === 'css') &&
      (logical !== REACT_17 || (host.client?.react ?? 18) < 18),
    frontEnd: 'react',
    pages: PAGES.map(({ path, component }) => ({ path, file: layout.pathOf(fileOf(component)) })),
    edits: [
      ...routerEdits(host, layout),
      ...linkEdits(host, data, layout),
      ...providerEdits(host, data, layout),
      ...proxyEdits(host),
      ...tokenEdits(host, layout),
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

/** Only its owner knows which port the API has beside the development server. */
function proxyEdits({ client }: HostProfile): HostEdit[] {
  const file = client?.api.value.proxyWithoutApi ?? null
  if (file === null) return []
  const reason =
    'The proxy of the development server does not pass /api on to the server, where billing answers: pass it on as the other paths.'
  return [
    {
      file,
      apply: (text) =>
        Promise.resolve(
          /["'`]\^?\/api\b/.test(text ?? '')
            ? { status: 'unchanged' }
            : {
                status: 'missed',
                code: 'unsupported_routes',
                reason,
                snippet: "'/api': 'http://localhost:…',",
              },
        ),
    },
  ]
}

/** A token that only the host's own code can reach has to be handed to billing's requests. */
function tokenEdits({ client }: HostProfile, layout: Layout): HostEdit[] {
  if (!client || client.api.value.axios?.sendsToken) return []
  const { value, source, evidence } = client.session
  const [seen] = evidence
  if (value.kind !== 'cookie' || source !== 'assumed' || !seen) return []
  const reason = `The token that ${seen.file} sends (line ${seen.line}) cannot be read from another module: give it to billing's requests as well, else they are those of nobody.`
  return [
    {
      file: layout.pathOf('client/billing/api.ts'),
      apply: (text) =>
        Promise.resolve(
          /\bAuthorization\b/.test(text ?? '')
            ? { status: 'unchanged' }
            : {
                status: 'missed',
                code: 'unsupported_routes',
                reason,
                snippet: 'Authorization: `Bearer ${token}`,',
              },
        ),
    },
  ]
}

function routerEdits(host: HostProfile, layout: Layout): HostEdit[] {
  if (!host.client) return []
  const { router, app } = host.client
  if (!router) return [pagesByHand(layout, app)]
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

/** Without a router that is known, only its owner can say where the pages belong. */
function pagesByHand(layout: Layout, file: string): HostEdit {
  const snippet = PAGES.map(({ component, path }) => {
    const from = layout.specifierOf(fileOf(component), file)
    return `import { ${component} } from '${from}' // ${path}`
  }).join('\n')
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
                'The front end lists its pages in no router that is known: show PricingPage at /pricing, to everybody, and BillingPage at /billing, to who is signed in.',
              snippet,
            },
      ),
  }
}
