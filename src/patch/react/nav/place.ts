import type { ts as TS } from 'ts-morph'
import { unwrap, type Source } from '../../source.js'
import { whoPasses, type Audience } from './audience.js'
import { TITLE, type NavEntry } from './nav-entry.js'
import { childrenOf, type NavGroup, type Navigation } from './read-nav.js'

export interface NavLink {
  /** '/pricing' */
  to: string
  /** 'Pricing' */
  label: string
  /** 'protected' pages are linked for who is signed in, where the navigation knows. */
  access: 'public' | 'protected'
  /** Its icon in packages of icons: where links have one of those, this has its own. */
  icons?: Record<string, string>
}

/** Where a link goes, and the link that it is to look like. */
export interface NavPlace {
  anchor: string
  side: 'before' | 'after' | 'inside'
  beside: TS.Node
  /** The likest first; none where no link to a page of the app's is there to be copied. */
  samples: NavEntry[]
  /** What stands beside it is a whole entry of the same kind. */
  isSibling: boolean
  /** The condition it is shown under, as the app writes it. */
  condition: string | null
}

const FITS: Record<NavLink['access'], Partial<Record<Audience, number>>> = {
  public: { everyone: 100, 'signed-out': 40, 'signed-in': 20 },
  protected: { 'signed-in': 100, everyone: 50 },
}
const DROPDOWN = /drop-?down|popover|tooltip/i

/** All places for a link: one, and those of lists that repeat the first for another screen. */
export function placesFor(source: Source, navigation: Navigation, link: NavLink): NavPlace[] {
  const found = [
    ...navigation.groups.flatMap((group) => besideGroup(source, navigation, group, link)),
    ...navigation.containers.flatMap((each) => insideContainer(source, navigation, each, link)),
  ]
  const [best] = found.sort((a, b) => b.score - a.score)
  if (!best) return []
  const copies = found.filter(
    ({ group, score }) => group && best.group && score > 50 && repeats(group, best.group),
  )
  return [best, ...copies].map(({ place }) => place)
}

interface Scored {
  place: NavPlace
  score: number
  group: NavGroup | null
}

function besideGroup(
  source: Source,
  navigation: Navigation,
  group: NavGroup,
  { access }: NavLink,
): Scored[] {
  const { ts } = source
  const { parent } = group
  if (!ts.isJsxElement(parent) && !ts.isJsxFragment(parent) && !ts.isArrayLiteralExpression(parent))
    return []
  const pages = pagesOf(group)
  const fit = (entry: NavEntry): number => FITS[access][entry.audience] ?? 0
  const most = Math.max(0, ...pages.map(fit))
  const right = pages.filter((entry) => fit(entry) === most)
  const last = right.at(-1)
  if (!last || most === 0) return []
  const isDropdown = access === 'public' && DROPDOWN.test(around(source, parent))
  const score = most + Math.min(right.length, 6) - (isDropdown ? 30 : 0)
  const alike = likeOthers(navigation, right)
  const place: NavPlace = {
    anchor: ts.isArrayLiteralExpression(parent) ? 'in-list' : 'beside-sibling-links',
    side: 'after',
    beside: last.node,
    samples: samplesOf(source, alike),
    isSibling: alike === right,
    condition: null,
  }
  return [{ place, score, group }]
}

/** A link in the size of a title is the app's name: one beside it looks like the other links. */
function likeOthers({ groups }: Navigation, right: NavEntry[]): NavEntry[] {
  const [only, ...more] = right
  if (!only || more.length > 0 || !isTitle(only)) return right
  const others = groups.flatMap(pagesOf).filter((entry) => entry !== only && !isTitle(entry))
  const tags = others.filter(({ link }) => link.kind === only.link.kind)
  return tags.length > 0 ? tags : right
}

function isTitle({ link }: NavEntry): boolean {
  const text = link.getText()
  return text.startsWith('<') && TITLE.test(text.slice(0, text.indexOf('>')))
}

/** The links to pages; the only one, to the start page, is the app's name. */
function pagesOf({ entries }: NavGroup): NavEntry[] {
  const pages = entries.filter(({ kind }) => kind === 'page')
  const [only] = pages
  return pages.length === 1 && only?.path === '/' && only.kind === 'page' ? [] : pages
}

/** Where no page of the same audience is linked: inside a part of the navigation that they see. */
function insideContainer(
  source: Source,
  navigation: Navigation,
  { node, audience }: Navigation['containers'][number],
  { access }: NavLink,
): Scored[] {
  const fit = FITS[access][audience] ?? 0
  const children = childrenOf(source, node)
  if (children.length === 0 || fit === 0) return []
  const own =
    access === 'protected' && audience === 'everyone' ? conditionIn(source, children) : null
  const samples = samplesOf(
    source,
    navigation.groups
      .flatMap(pagesOf)
      // An object of a list is no element, also where the list is named in the same component.
      .filter(({ link }) => !source.ts.isObjectLiteralExpression(link))
      .filter(({ link }) => componentOf(source, link) === componentOf(source, node))
      .filter((entry) => !DROPDOWN.test(around(source, entry.node))),
  )
  // What is gone through there comes from a list that was not found: links of another make.
  const isUnknown = children.some((child) => /\.map\(/.test(child.getText(source.file)))
  if (samples.length === 0 && (isUnknown || !isInBar(source, node))) return []
  const isNav = /^<nav\b/.test(node.getText(source.file))
  const isTheirs = access === 'protected' && audience === 'signed-in'
  const score = (isTheirs ? 80 : own ? 70 : fit * 0.6) + (isNav ? 5 : 0)
  const beside = own?.node ?? children.find((child) => isAction(source, child))
  const place: NavPlace = {
    anchor: own ? 'under-own-condition' : 'inside-navigation',
    side: beside ? 'before' : 'after',
    beside: beside ?? children.at(-1) ?? node,
    samples,
    isSibling: false,
    condition: own?.text ?? null,
  }
  return [{ place, score, group: null }]
}

/** In a `<nav>`, or right in a `<header>`. */
function isInBar({ ts, file }: Source, container: TS.Node): boolean {
  if (/^<header\b/.test(container.getText(file))) return true
  for (let each = container; !ts.isFunctionLike(each); each = each.parent) {
    if (ts.isSourceFile(each)) return false
    if (/^<nav\b/.test(each.getText(file))) return true
  }
  return false
}

function componentOf({ ts }: Source, node: TS.Node): TS.Node {
  let each = node
  while (!ts.isFunctionLike(each) && !ts.isSourceFile(each)) each = each.parent
  return each
}

/** What stands at the end of a navigation: who is signed in, buttons, the way to the login. */
function isAction(source: Source, child: TS.JsxChild): boolean {
  const { ts, file } = source
  if (ts.isJsxExpression(child)) {
    return child.expression !== undefined && !/\.map\(/.test(child.getText(file))
  }
  return /<(button|Button|IconButton)\b|log-?_?(in|out)|sign-?_?(in|up|out)/i.test(
    child.getText(file),
  )
}

/** `{user && …}` or `{user ? … : …}` among children: who is signed in, in the app's own words. */
function conditionIn(source: Source, children: TS.JsxChild[]) {
  const { ts, file } = source
  for (const node of children) {
    if (!ts.isJsxExpression(node) || !node.expression) continue
    const inner = unwrap(ts, node.expression)
    const condition = ts.isConditionalExpression(inner)
      ? inner.condition
      : ts.isBinaryExpression(inner) &&
          inner.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
        ? inner.left
        : null
    if (!condition || whoPasses(source, condition, true) !== 'signed-in') continue
    if (/[\n{}]|&&|\|\|/.test(condition.getText(file))) continue
    return { node, text: condition.getText(file) }
  }
  return null
}

/** Links to look like: first those in most links' class, then those without an icon. */
function samplesOf(source: Source, entries: NavEntry[]): NavEntry[] {
  const { file } = source
  const classOf = ({ link }: NavEntry): string =>
    /className=(\{[^}]*\}|"[^"]*"|'[^']*')/.exec(link.getText(file))?.[1] ?? ''
  const count = (entry: NavEntry): number =>
    entries.filter((each) => classOf(each) === classOf(entry)).length
  const hasIcon = ({ link }: NavEntry): boolean =>
    /<svg\b|<img\b|<[A-Z]\w*\s*\/>/.test(link.getText(file))
  return entries
    .filter(({ labelNode }) => labelNode !== null)
    .toReversed()
    .sort((a, b) => count(b) - count(a) || Number(hasIcon(a)) - Number(hasIcon(b)))
}

/** A list for another screen shows at least half of the pages that the first one does. */
function repeats(group: NavGroup, first: NavGroup): boolean {
  if (group === first || group.audience !== first.audience) return false
  const paths = ({ entries }: NavGroup): string[] =>
    entries.flatMap(({ path, kind }) => (path !== null && kind === 'page' ? [path] : []))
  const shared = paths(group).filter((path) => paths(first).includes(path))
  return shared.length > 0 && shared.length * 2 >= paths(first).length
}

function around({ file, ts }: Source, node: TS.Node): string {
  const opening = ts.isJsxElement(node) ? node.openingElement.getText(file) : ''
  const outer = ts.isJsxElement(node.parent) ? node.parent.openingElement.getText(file) : ''
  return opening + outer
}
