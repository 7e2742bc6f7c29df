import type { Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { isOwnInClient } from '../../../../host/own-files.js'
import { reachable } from '../../../../host/source/import-graph.js'

const LIKELY = /rout|nav|header|layout|auth|guard|protect|login|const|path|(^|\/)App(\.[jt]sx?)?$/i
const MAX_MODULES = 100
/** What leads to a page in the browser, or says where it is; requests to an API look otherwise. */
const LEADS =
  '(?:\\b(?:to|href|path|pathname)\\s*[=:]\\s*\\{?\\s*|\\b(?:navigate|push|replace|redirect|setLocation|assign)\\(\\s*)'

/** Pages that billing links to, by the words for them, the likeliest first. */
const WORDS = {
  signIn: [
    'log-?in|sign-?in|iniciar-?sesion|acceder|entrar|connexion|anmelden|accedi|giris',
    'auth',
    'sign-?up|register',
  ],
  contact: ['contact(?:-?us|-?sales)?'],
}

interface Module {
  file: string
  text: string
}

/** An address, where it is named. */
interface Named extends Module {
  address: string
  index: number
}

/** The address that the app's own code has for a page of a kind; null when it names none. */
export function knownPage(
  context: DetectionContext,
  from: string[],
  kind: keyof typeof WORDS,
): Found<string> | null {
  const { sources, files } = context
  const reached = reachable(sources, { from, likely: LIKELY, maxFiles: MAX_MODULES })
  // Where billing links to on a guess says nothing of the host.
  const modules = [...reached]
    .filter((file) => !isOwnInClient(file))
    .map((file) => ({ file, text: files.read(file) ?? '' }))
  for (const words of WORDS[kind]) {
    for (const addresses of [written, namedByConstant, shownThere]) {
      const page = mostNamed(addresses(modules, words))
      if (page) return page
    }
  }
  return null
}

/** Addresses that end with the page's name: `<Link to="/login">`. */
function written(modules: Module[], words: string): Named[] {
  const pattern = new RegExp(
    `${LEADS}(["'\`])(\\/?(?:[\\w-]+\\/)*(?:${words})(?:-?page)?)\\1`,
    'gi',
  )
  return matchesIn(modules, pattern).map(({ module, match }) => ({
    ...module,
    address: match[2] ?? '',
    index: match.index,
  }))
}

/** Addresses by a constant with the page's name: `navigate(ROUTES.SIGN_IN)`, `SIGN_IN: '/'`. */
function namedByConstant(modules: Module[], words: string): Named[] {
  const name = `[\\w$]*(?:${words.replaceAll('-?', '_?')})[\\w$]*`
  const uses = matchesIn(
    modules,
    new RegExp(`${LEADS}(?:[\\w$]+\\.)*(${name})\\b(?!\\s*[.(])`, 'gi'),
  )
  return uses.flatMap(({ match }) => {
    const constant = match[1]?.replaceAll('$', '\\$&')
    const value = new RegExp(`(?<![\\w$])${constant}\\s*[:=]\\s*(["'\`])(\\/[\\w/-]*)\\1`, 'g')
    const values = matchesIn(modules, value).map(({ module, match: found }) => ({
      ...module,
      address: found[2] ?? '',
      index: found.index,
    }))
    return new Set(values.map(({ address }) => address)).size === 1 ? values : []
  })
}

/** What stands around a page, not the page. */
const WRAPS =
  /required|guard|route|provider|layout|button|modal|wrapper|context|check|only|authenti|authori/i
const LONGEST_ROUTE = 300

/** Addresses at which a component with the page's name is shown: `path="/" element={<Login />}`. */
function shownThere(modules: Module[], words: string): Named[] {
  const routes = matchesIn(modules, /\bpath\s*[=:]\s*\{?\s*(["'`])(\/?[\w/-]*)\1/g)
  const component = new RegExp(
    `(?:<|\\b[cC]omponent\\s*[=:]\\s*\\{?\\s*)((?:${words.replaceAll('-?', '')})\\w*)\\b`,
    'i',
  )
  return routes.flatMap(({ module, match }) => {
    const behind = module.text.slice(match.index + match[0].length).slice(0, LONGEST_ROUTE)
    const [route = ''] = behind.split(/\bpath\s*[=:]|<Route\b/)
    const shown = component.exec(route)?.[1]
    if (!shown || WRAPS.test(shown)) return []
    return [{ ...module, address: match[2] ?? '', index: match.index }]
  })
}

function matchesIn(modules: Module[], pattern: RegExp) {
  return modules.flatMap((module) =>
    [...module.text.matchAll(pattern)].map((match) => ({ module, match })),
  )
}

function mostNamed(named: Named[]): Found<string> | null {
  const seen = new Map<string, { count: number; file: string; line: number }>()
  for (const { address, file, text, index } of named) {
    const line = text.slice(0, index).split('\n').length
    const known = seen.get(address) ?? { count: 0, file, line }
    seen.set(address, { ...known, count: known.count + 1 })
  }
  // A route below another one names only its own part.
  const isWhole = (address: string): number => Number(address.startsWith('/'))
  const [best] = [...seen].sort(
    ([a, { count }], [b, other]) => isWhole(b) - isWhole(a) || other.count - count,
  )
  if (!best) return null
  const [address, { file, line }] = best
  return { value: address.replace(/^\/?/, '/'), source: 'detected', evidence: [{ file, line }] }
}
