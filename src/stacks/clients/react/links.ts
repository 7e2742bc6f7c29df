import type { HostEdit, HostStep } from '../../../features/contribution.js'
import { addNavLinks, type EditResult, type NavLink } from '../../../patch/index.js'
import type { TemplateData } from '../../../render/data.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile, NextStep } from '../../../types.js'

/** Where billing's own links are written. */
const TEXTS = 'client/billing/texts.ts'

const LINKS: NavLink[] = [
  { to: '/pricing', label: 'Pricing', access: 'public', icons: iconsOf('Tag') },
  { to: '/billing', label: 'Billing', access: 'protected', icons: iconsOf('CreditCard') },
]

/** An icon as packages of icons call it; it is in each of these since their first versions. */
function iconsOf(name: string): Record<string, string> {
  return {
    'lucide-react': name,
    '@heroicons/react/24/outline': `${name}Icon`,
    '@heroicons/react/24/solid': `${name}Icon`,
    '@tabler/icons-react': `Icon${name}`,
    'react-icons/fa': `Fa${name}`,
  }
}

/** The links that the app gets to billing's pages, once the router shows them. */
export function linkEdits({ client }: HostProfile): HostEdit[] {
  if (!client?.router || !client.navigation) return []
  const { file, linkFrom } = client.navigation.value
  const edit = { links: LINKS, linkFrom }
  return [{ file, apply: async (text) => explained(await addNavLinks(text ?? '', edit)) }]
}

function explained(result: EditResult): EditResult {
  if (result.status !== 'missed') return result
  const reason = `Link /pricing for everybody and /billing for who is signed in, where the app keeps its navigation. ${result.reason}`
  return { ...result, reason }
}

/** Without any navigation nothing was missed: only its owner knows what leads to which page. */
export function linksByHand({ client }: HostProfile): NextStep[] {
  if (!client || (client.router && client.navigation)) return []
  const text = `Link /pricing and /billing from your pages: nothing that ${client.app} shows is a navigation that they could stand in`
  return [{ code: 'link_pages', text }]
}

/** A button that leads to no page is left to a person, who knows where people are to go. */
export function linkSteps(
  { client }: HostProfile,
  { contactPlan, clientLinks }: TemplateData,
  layout: Layout,
): HostStep[] {
  if (!client?.router) return []
  const unknown = [
    {
      isUnknown: client.signIn === null,
      key: 'signIn',
      path: clientLinks.signIn,
      reason:
        'The front end names no page where people sign in: "Sign in" of the pricing page leads to',
    },
    {
      isUnknown: contactPlan !== null && client.contact === null,
      key: 'contactSales',
      path: clientLinks.contactSales,
      reason: `The front end has no page to contact you: "Contact sales" of ${contactPlan?.name} leads to`,
    },
  ]
  return unknown
    .filter(({ isUnknown }) => isUnknown)
    .map(({ key, path, reason }) => ({
      file: layout.pathOf(TEXTS),
      snippet: `${key}: '${path}',`,
      reason: `${reason} ${path}, where it shows nothing. Name another address, or show a page there.`,
      isDone: (text) => !new RegExp(`\\b${key}: ["']${path}[?"']`).test(text ?? ''),
    }))
}
