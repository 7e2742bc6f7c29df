import type { HostStep } from '../../../features/contribution.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile } from '../../../types.js'
import { fileOf, PAGES } from './pages.js'

/** Without a router that is known, only its owner can say where the pages belong. */
export function pageSteps({ client }: HostProfile, layout: Layout): HostStep[] {
  if (!client || client.router) return []
  const file = client.app
  const snippet = PAGES.map(({ component, path }) => {
    const from = layout.specifierOf(fileOf(component), file)
    return `import { ${component} } from '${from}' // ${path}`
  }).join('\n')
  const reason =
    'The front end lists its pages in no router that is known: show PricingPage at /pricing, to everybody, and BillingPage at /billing, to who is signed in.'
  const isDone = (text: string | null): boolean =>
    PAGES.every(({ component }) => text?.includes(component))
  return [{ file, snippet, reason, isDone }]
}

/** Only its owner knows which port the API has beside the development server. */
export function proxySteps({ client }: HostProfile): HostStep[] {
  const file = client?.api.value.proxyWithoutApi ?? null
  if (file === null) return []
  return [
    {
      file,
      snippet: "'/api': 'http://localhost:…',",
      reason:
        'The proxy of the development server does not pass /api on to the server, where billing answers: pass it on as the other paths.',
      isDone: (text) => /["'`]\^?\/api\b/.test(text ?? ''),
    },
  ]
}

/** A token that only the host's own code can reach has to be handed to billing's requests. */
export function tokenSteps({ client, server }: HostProfile, layout: Layout): HostStep[] {
  if (!client || client.api.value.axios?.sendsToken) return []
  const { value, source, evidence } = client.session
  const [seen] = evidence
  if (value.kind !== 'cookie' || source !== 'assumed') return []
  if (!seen && !server.loginInHeader) return []
  const found = seen
    ? `The token that ${seen.file} sends (line ${seen.line}) cannot be read from another module`
    : `${server.login?.value.middleware?.name} reads the Authorization header, and nothing that the front end loads was found to send one`
  return [
    {
      file: layout.pathOf('client/billing/api.ts'),
      snippet: 'Authorization: `Bearer ${token}`,',
      reason: `${found}: give it to billing's requests as well, else they are those of nobody.`,
      isDone: (text) => /\bAuthorization\b/.test(text ?? ''),
    },
  ]
}
