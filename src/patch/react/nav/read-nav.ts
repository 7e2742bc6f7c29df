import type { ts as TS } from 'ts-morph'
import { walk } from '../../source.js'
import { audienceOf, type Audience, type Syntax } from './audience.js'
import { readCall, readLink, readObject, type NavEntry } from './nav-entry.js'

type Element = TS.JsxElement | TS.JsxSelfClosingElement
export type Container = TS.JsxElement | TS.JsxFragment

/** Links that stand side by side: elements below one parent, or objects of one list. */
export interface NavGroup {
  parent: TS.Node
  entries: NavEntry[]
  audience: Audience
}

/** What a file has of the app's navigation. */
export interface Navigation {
  groups: NavGroup[]
  /** Elements of it that more can be put into, outermost first. */
  containers: { node: Container; audience: Audience }[]
}

/** How elements, classes and components of a navigation are called. */
export const NAV = /nav|header|side-?bar|menu|top-?bar|app-?bar|tool-?bar/i
const OTHER =
  /footer|breadcrumb|paginat|admin|table|toc\b|card|hero|social|dialog|modal|drawer-?header|chat|comment/i

/** The navigation in a file; empty where it has none. */
export function readNavigation(syntax: Syntax): Navigation {
  const { ts, file } = syntax
  const groups = new Map<TS.Node, NavGroup>()
  const containers: Navigation['containers'] = []
  walk(ts, file, (node) => {
    if (isRepeated(syntax, node)) return false
    if (ts.isArrayLiteralExpression(node)) readList(syntax, node, groups)
    if (isContainer(syntax, node) && isShownAsNavigation(syntax, node)) {
      containers.push({ node, audience: audienceOf(syntax, node) })
    }
    if (ts.isJsxExpression(node)) {
      const call = isNavigation(syntax, node) ? readCall(syntax, node) : null
      if (call) add(call, node)
      return
    }
    if (!ts.isJsxElement(node) && !ts.isJsxSelfClosingElement(node)) return
    const link = isNavigation(syntax, node) ? readLink(syntax, node) : null
    if (!link) return
    const item = itemOf(syntax, node)
    add({ ...link, node: item, link: node, audience: audienceOf(syntax, node) }, item)
    return false
  })
  return { groups: [...groups.values()], containers }

  function add(entry: NavEntry, item: TS.Node): void {
    const { parent } = item
    const audience = audienceOf(syntax, item)
    const group = groups.get(parent) ?? { parent, entries: [], audience }
    group.entries.push(ts.isJsxExpression(entry.link) ? { ...entry, audience } : entry)
    groups.set(parent, group)
  }
}

/** The function that a list is gone through with: what it shows stands once for many. */
function isRepeated({ ts }: Syntax, node: TS.Node): boolean {
  if (
    !ts.isCallExpression(node.parent) ||
    !(ts.isArrowFunction(node) || ts.isFunctionExpression(node))
  )
    return false
  const called = node.parent.expression
  return ts.isPropertyAccessExpression(called) && called.name.text === 'map'
}

/** An element that others are put into, side by side. */
function isContainer({ ts, file }: Syntax, node: TS.Node): node is Container {
  if (ts.isJsxFragment(node)) return true
  if (!ts.isJsxElement(node)) return false
  const tag = node.openingElement.tagName.getText(file)
  return /^(nav|header|ul|ol|div|section|Box|Flex|[HV]?Stack|Group|Toolbar|Nav)$/.test(tag)
}

/** A `<nav>`, a `<header>` or what is called so is around it, in the element's own component. */
function isShownAsNavigation(syntax: Syntax, node: TS.Node): boolean {
  const { ts } = syntax
  if (!isNavigation(syntax, node)) return false
  for (let each: TS.Node = node; !ts.isFunctionLike(each); each = each.parent) {
    if (ts.isSourceFile(each)) return false
    if (ts.isJsxElement(each) && NAV.test(nameOf(syntax, each))) return true
  }
  return false
}

/** Whether an element is the app's navigation or stands in it: by its tags, classes, component. */
function isNavigation(syntax: Syntax, node: TS.Node): boolean {
  const { ts, file } = syntax
  let isNav = false
  for (let each: TS.Node = node; !ts.isSourceFile(each); each = each.parent) {
    const name = nameOf(syntax, each)
    if (name === '') continue
    if (OTHER.test(name)) return false
    isNav ||= NAV.test(name)
  }
  return isNav && !/(^|\/)(footer)/i.test(file.fileName)
}

function nameOf({ ts, file }: Syntax, node: TS.Node): string {
  if (ts.isJsxElement(node)) {
    const { tagName, attributes } = node.openingElement
    const said = attributes.properties
      .filter(
        (each) =>
          ts.isJsxAttribute(each) &&
          /^(className|role|as|component|aria-label)$/.test(each.name.getText(file)),
      )
      .map((each) => (each as TS.JsxAttribute).initializer?.getText(file) ?? '')
    return [tagName.getText(file), ...said].join(' ')
  }
  if (ts.isFunctionDeclaration(node)) return node.name?.text ?? ''
  if (ts.isVariableDeclaration(node)) return node.name.getText(file)
  return ts.isClassDeclaration(node) ? (node.name?.text ?? '') : ''
}

/** What is repeated for another link: the `<li>` around it, the condition that it is shown under. */
function itemOf(syntax: Syntax, link: Element): TS.Node {
  const { ts } = syntax
  let item: TS.Node = link
  for (;;) {
    const condition = conditionAround(syntax, item)
    const { parent } = condition ?? item
    if (condition) item = condition
    else if (ts.isJsxElement(parent) && isItem(syntax, parent)) item = parent
    else return item
  }
}

/** `{user && …}` around a node that is all of it. */
function conditionAround({ ts }: Syntax, node: TS.Node): TS.Node | null {
  let outer = node
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent
  const { parent } = outer
  const isAnd =
    ts.isBinaryExpression(parent) &&
    parent.right === outer &&
    parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  return isAnd && ts.isJsxExpression(parent.parent) ? parent.parent : null
}

/** An element that holds one link, as its siblings do. */
function isItem(syntax: Syntax, element: TS.JsxElement): boolean {
  const { ts, file } = syntax
  if (childrenOf(syntax, element).length !== 1) return false
  const tag = element.openingElement.tagName.getText(file)
  if (tag === 'li') return true
  if (/^(nav|header|ul|ol|main|aside)$/.test(tag)) return false
  const { parent } = element
  if (!ts.isJsxElement(parent) && !ts.isJsxFragment(parent)) return false
  const alike = childrenOf(syntax, parent).filter(
    (each) => ts.isJsxElement(each) && each.openingElement.tagName.getText(file) === tag,
  )
  return /^[A-Z]/.test(tag) ? !NAV.test(tag) || alike.length > 1 : alike.length > 1
}

/** Children without the white space between them. */
export function childrenOf({ ts, file }: Syntax, parent: Container): TS.JsxChild[] {
  return parent.children.filter(
    (child) =>
      !(ts.isJsxText(child) && child.text.trim() === '') &&
      !(
        ts.isJsxExpression(child) &&
        (!child.expression || /^\{\s*['"] ['"]\s*\}$/.test(child.getText(file)))
      ),
  )
}

/** `const links = [{ to: '/about', label: 'About' }]`, which the navigation goes through. */
function readList(
  syntax: Syntax,
  array: TS.ArrayLiteralExpression,
  groups: Map<TS.Node, NavGroup>,
): void {
  const { ts, file } = syntax
  const objects = array.elements.filter((each) => ts.isObjectLiteralExpression(each))
  if (objects.length === 0 || objects.length !== array.elements.length) return
  const entries = objects.flatMap((each) => readObject(syntax, each) ?? [])
  if (entries.length * 2 <= objects.length) return
  let declared: TS.Node = array
  while (!ts.isVariableDeclaration(declared)) {
    if (ts.isSourceFile(declared) || ts.isFunctionLike(declared)) return
    declared = declared.parent
  }
  const name = declared.name.getText(file)
  if (OTHER.test(name)) return
  const uses = mapsOf(syntax, name).filter((each) => isNavigation(syntax, each))
  const isNamed = NAV.test(name) || /^\w*links$/i.test(name)
  if (uses.length === 0 && !(isNamed && mapsOf(syntax, name).length === 0)) return
  const audience = [array, ...uses]
    .map((each) => audienceOf(syntax, each))
    .reduce((a, b) => (a === 'everyone' ? b : b === 'everyone' || a === b ? a : 'some'))
  const seenBy = audience === 'everyone' ? ofListName(name) : audience
  const seen = entries.map((entry) =>
    entry.audience === 'some' ? entry : { ...entry, audience: seenBy },
  )
  groups.set(array, { parent: array, entries: seen, audience: seenBy })
}

/** The calls that go through a list by its name, or by the name it is destructured to. */
function mapsOf({ ts, file }: Syntax, name: string): TS.Node[] {
  const found: TS.Node[] = []
  walk(ts, file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const called = node.expression.expression.getText(file)
    if (
      node.expression.name.text === 'map' &&
      new RegExp(`^${name.replaceAll('$', '\\$')}\\b`).test(called)
    ) {
      found.push(node)
    }
  })
  return found
}

function ofListName(name: string): Audience {
  if (/guest|anon|signed_?out/i.test(name)) return 'signed-out'
  const isPrivate = /auth|private|protected|user|member|account|dashboard/i.test(name)
  return isPrivate ? 'signed-in' : 'everyone'
}
