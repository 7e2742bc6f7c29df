import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions, type Insertion } from './insertion.js'
import { bindings, planImport } from './named-import.js'
import { iconsFor } from './react/nav/icons.js'
import { linksTo } from './react/nav/nav-entry.js'
import { placesFor, type NavLink } from './react/nav/place.js'
import { readNavigation } from './react/nav/read-nav.js'
import { writeLink } from './react/nav/write-link.js'
import { openSource, type Source } from './source.js'

export type { NavLink } from './react/nav/place.js'

export interface NavEdit {
  links: NavLink[]
  /** The package that `Link` comes from; null: the app links by `<a href>`. */
  linkFrom: string | null
}

/**
 * Adds links to the file that keeps the app's navigation. Each looks like the links beside it.
 * Anchors: `in-list` (of objects that are gone through), `beside-sibling-links`,
 * `under-own-condition`, `inside-navigation`.
 */
export async function addNavLinks(content: string, edit: NavEdit): Promise<EditResult> {
  return settle(
    () => snippetOf(edit),
    async () => {
      let current = content
      const anchors: string[] = []
      for (const link of edit.links) {
        const source = await openSource(current)
        if (linksTo(source, link.to)) continue
        const { insertions, anchor } = add(source, link, edit)
        current = applyInsertions(source, insertions)
        anchors.push(anchor)
        if (!linksTo(await openSource(current), link.to)) {
          throw new Miss('anchor_not_found', 'The place could not be proved right.')
        }
      }
      if (anchors.length === 0) return { status: 'unchanged' }
      return { status: 'changed', content: current, anchor: [...new Set(anchors)].join(', ') }
    },
  )
}

function add(source: Source, link: NavLink, { linkFrom }: NavEdit) {
  const places = placesFor(source, readNavigation(source), link)
  const [first] = places
  if (!first) {
    throw new Miss('anchor_not_found', 'No place among the links of this file is right for it.')
  }
  const { plain, insertion } = plainLink(source, linkFrom)
  const { names, imports } = iconsFor(source, link)
  const written = places.map((place) => writeLink(source, place, link, plain, names))
  const uses = (name: string): boolean =>
    written.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text))
  const icons = imports.filter(({ name }) => uses(name)).map(({ insertion: icon }) => icon)
  const usesPlain = written.some(({ text }) => text.includes(`<${plain.tag} ${plain.attribute}=`))
  const insertions: Insertion[] = [
    ...(insertion && usesPlain ? [insertion] : []),
    ...icons,
    ...written,
  ]
  return { insertions, anchor: first.anchor }
}

/** The element that the file links by, else the router's. */
function plainLink(source: Source, linkFrom: string | null) {
  const known = bindings(source).find(
    ({ imported, from }) => /^(Nav)?Link$/.test(imported) && /router|wouter/.test(from),
  )
  if (known) return { plain: { tag: known.local, attribute: 'to' }, insertion: null }
  if (linkFrom === null) return { plain: { tag: 'a', attribute: 'href' }, insertion: null }
  const { insertion, localName } = planImport(source, { name: 'Link', from: linkFrom })
  return { plain: { tag: localName, attribute: 'to' }, insertion }
}

function snippetOf({ links, linkFrom }: NavEdit): string {
  const [tag, attribute] = linkFrom === null ? ['a', 'href'] : ['Link', 'to']
  return links.map(({ to, label }) => `<${tag} ${attribute}="${to}">${label}</${tag}>`).join('\n')
}
