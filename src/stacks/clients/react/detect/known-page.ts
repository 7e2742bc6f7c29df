import type { Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { reachable } from '../../../../host/source/import-graph.js'

const LIKELY = /rout|nav|header|layout|auth|guard|protect|login|(^|\/)App(\.[jt]sx?)?$/i
const MAX_MODULES = 100
/** What leads to a page in the browser, or says where it is; requests to an API look otherwise. */
const LEADS =
  '(?:\\b(?:to|href|path|pathname)\\s*[=:]\\s*\\{?\\s*|\\b(?:navigate|push|replace|redirect|setLocation|assign)\\(\\s*)'

/** Pages that billing links to, by the last part of their address, the likeliest first. */
const LAST = {
  signIn: ['log-?in|sign-?in', 'auth', 'sign-?up|register'],
  contact: ['contact(?:-?us|-?sales)?'],
}

/** The address that the app's own code has for a page of a kind; null when it names none. */
export function knownPage(
  context: DetectionContext,
  from: string[],
  kind: keyof typeof LAST,
): Found<string> | null {
  const { sources, files } = context
  const modules = [...reachable(sources, { from, likely: LIKELY, maxFiles: MAX_MODULES })]
  const texts = modules.map((file) => ({ file, text: files.read(file) ?? '' }))
  for (const last of LAST[kind]) {
    const page = mostNamed(texts, last)
    if (page) return page
  }
  return null
}

function mostNamed(texts: { file: string; text: string }[], last: string): Found<string> | null {
  const pattern = new RegExp(`${LEADS}(["'\`])(\\/?(?:[\\w-]+\\/)*(?:${last}))\\1`, 'gi')
  const seen = new Map<string, { count: number; file: string; line: number }>()
  for (const { file, text } of texts) {
    for (const { 2: address = '', index } of text.matchAll(pattern)) {
      const line = text.slice(0, index).split('\n').length
      const known = seen.get(address) ?? { count: 0, file, line }
      seen.set(address, { ...known, count: known.count + 1 })
    }
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
