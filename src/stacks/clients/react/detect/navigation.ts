import type { ClientNavigation, ClientRouter, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { levels } from '../../../../host/source/import-graph.js'
import { NAV, readNavigation, type Navigation } from '../../../../patch/index.js'

const LIKELY =
  /nav|header|side-?bar|menu|top-?bar|app-?bar|layout|shell|frame|(^|\/)App(\.[jt]sx?)?$/i
const PAGE = /(^|\/)(pages|views|screens|features|landing|dashboard|admin)\/|page(\.[jt]sx?)$/i
/** A text without any of this has no links, and is not parsed. */
const LEADS = /\b(to|href|path|url|link|route)\s*[=:]|navigate\(|<Link\b/
const MAX_FILES = 100

interface Candidate {
  file: string
  navigation: Navigation
  weight: number
}

/**
 * The file that keeps the links which are on every page: the nearest to where the pages are listed
 * that has some, a part of the frame before a page. Null where nothing is like a navigation.
 */
export function detectNavigation(
  context: DetectionContext,
  router: ClientRouter | null,
  files: string[],
): Found<ClientNavigation> | null {
  const { sources, manifest } = context
  const from = [...(router ? [router.file] : []), ...files]
  const candidates: Candidate[] = []
  let distance = 0
  for (const level of levels(sources, { from, likely: LIKELY, maxFiles: MAX_FILES })) {
    for (const file of level) candidates.push(...candidateIn(context, file, distance))
    distance++
  }
  const [best] = candidates.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  const place = best && (best.navigation.groups[0]?.parent ?? best.navigation.containers[0]?.node)
  if (!best || !place) return null
  const dom = 'react-router-dom'
  return {
    value: {
      file: best.file,
      linkFrom:
        router && manifest.has(dom) && /^react-router/.test(router.package)
          ? dom
          : (router?.package ?? null),
    },
    source: 'detected',
    evidence: [sources.evidence(best.file, place)],
  }
}

function candidateIn(
  { sources, files }: DetectionContext,
  file: string,
  distance: number,
): Candidate[] {
  const text = files.read(file) ?? ''
  if (!NAV.test(text + file) || !LEADS.test(text)) return []
  const parsed = sources.parse(file)
  if (!parsed) return []
  const navigation = readNavigation({ ts: sources.ts, file: parsed })
  const pages = navigation.groups.flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === 'page'),
  )
  if (pages.length === 0 && navigation.containers.length === 0) return []
  const weight =
    (pages.length === 0 ? 0 : 6 + Math.min(pages.length, 4)) +
    (LIKELY.test(file.slice(file.lastIndexOf('/'))) ? 6 : 0) -
    (PAGE.test(file) ? 10 : 0) -
    distance
  return [{ file, navigation, weight }]
}
