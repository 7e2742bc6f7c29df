import type { ts as TS } from 'ts-morph'
import { unwrap, walk } from '../source.js'
import type { RouteSource } from './route-edit.js'
import type { Access, Wrapping } from './route-tree.js'

const GUEST =
  /guest|public(?!_?(layout|shell|page|frame))|anonymous|unauth|redirect|signed_?out|no_?auth/i
const ROLE = /admin|role|permission|owner|staff|superuser|paid|subscri|premium|entitle/i
const GUARD =
  /^(require|protect|private|authenticated|ensure)|^with_?(auth|user|login|session|require|protect)|auth_?(guard|gate|route|required|only|check|loader)|(login|session|user)_?(guard|required|gate|only)|^signed_?in|^logged_?in|guard$/i

/** What a name says about who gets through a wrapper of that name. */
export function accessOfName(name: string): Access {
  if (GUEST.test(name) || ROLE.test(name)) return 'restricted'
  return GUARD.test(name) ? 'guarded' : 'open'
}

/** The stricter of two. */
export function stricter(a: Access, b: Access): Access {
  const order: Access[] = ['open', 'guarded', 'restricted']
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? 'restricted'
}

/** What stands around the page of a leaf route, and the page. */
export function readWrapping(
  source: RouteSource,
  element: TS.Expression,
): Wrapping & { page: TS.Node } {
  const { page, access, tags } = findPage(source, element)
  const { text, file } = source
  const whole = withoutBrokenParentheses(source, element)
  return {
    page,
    access,
    tags,
    before: text.slice(whole.getStart(file), page.getStart(file)),
    after: text.slice(page.end, whole.end),
  }
}

/** Parentheses that only hold an element of several lines together. */
function withoutBrokenParentheses({ ts, file }: RouteSource, element: TS.Expression): TS.Node {
  if (!ts.isParenthesizedExpression(element)) return element
  const { expression } = element
  const opening = file.text.slice(element.getStart(file), expression.getStart(file))
  return opening.includes('\n') ? expression : element
}

/** Who gets through the element of a route that has children: any of its tags may guard it. */
export function accessOfLayout(source: RouteSource, element: TS.Expression | null): Access {
  const { ts } = source
  if (!element) return 'open'
  let access: Access = ts.isIdentifier(element) ? accessOfComponent(source, element.text) : 'open'
  const look = (node: TS.Node): void => {
    if (isTag(source, node)) access = stricter(access, accessOfTag(source, node))
    if (ts.isConditionalExpression(node)) access = stricter(access, accessOfChoice(source, node))
  }
  look(element)
  walk(ts, element, look)
  return access
}

interface Page {
  page: TS.Node
  access: Access
  tags: string[] | null
}

/** Goes through wrappers, each with one child, to the page. */
function findPage(source: RouteSource, expression: TS.Expression): Page {
  const { ts, file } = source
  const node = unwrap(ts, expression)
  const tags: string[] | null = node === expression ? [] : null
  if (ts.isConditionalExpression(node)) {
    const kept = isRedirect(source, node.whenFalse) ? node.whenTrue : node.whenFalse
    const inner = findPage(source, kept)
    return { ...inner, access: stricter(inner.access, accessOfChoice(source, node)), tags: null }
  }
  if (ts.isCallExpression(node)) {
    const argument = node.arguments[0]
    const access = accessOfComponent(source, node.expression.getText(file))
    if (!argument || node.arguments.length !== 1 || access === 'open') {
      return { page: node, access, tags }
    }
    const inner = findPage(source, argument)
    return { ...inner, access: stricter(inner.access, access), tags: null }
  }
  if (ts.isJsxSelfClosingElement(node)) {
    const given = givenPage(source, node)
    if (!given) return { page: node, access: 'open', tags }
    const inner = findPage(source, given)
    return { ...inner, access: stricter(inner.access, accessOfTag(source, node)), tags: null }
  }
  if (!ts.isJsxElement(node)) return { page: node, access: 'open', tags }
  const children = node.children.filter((child) => child.getText(file).trim() !== '')
  const [child] = children
  const only =
    children.length === 1 && child && ts.isJsxExpression(child) ? child.expression : child
  if (children.length !== 1 || !only || !isJsx(source, only))
    return { page: node, access: 'open', tags }
  const inner = findPage(source, only)
  return {
    page: inner.page,
    access: stricter(inner.access, accessOfTag(source, node.openingElement)),
    tags:
      tags && inner.tags && only === child
        ? [node.openingElement.getText(file), ...inner.tags]
        : null,
  }
}

/** `<PrivateRoute element={<Page />} />`: a guard that is given the page. */
function givenPage(source: RouteSource, tag: TS.JsxSelfClosingElement): TS.Expression | null {
  const { ts, file } = source
  if (accessOfTag(source, tag) === 'open') return null
  for (const attribute of tag.attributes.properties) {
    if (!ts.isJsxAttribute(attribute)) continue
    if (!/^(element|component|page)$/.test(attribute.name.getText(file))) continue
    const { initializer } = attribute
    const value = initializer && ts.isJsxExpression(initializer) ? initializer.expression : null
    if (value && isJsx(source, unwrap(ts, value))) return value
  }
  return null
}

function isJsx(
  { ts }: RouteSource,
  node: TS.Node,
): node is TS.JsxElement | TS.JsxSelfClosingElement {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)
}

function isTag({ ts }: RouteSource, node: TS.Node): node is TS.JsxOpeningLikeElement {
  return ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)
}

/** Who gets through a tag: by its name, by what it does, by the roles it is given. */
export function accessOfTag(source: RouteSource, tag: TS.JsxOpeningLikeElement): Access {
  const name = tag.tagName.getText(source.file)
  const access = accessOfComponent(source, name)
  return access === 'guarded' && ROLE.test(tag.attributes.getText(source.file))
    ? 'restricted'
    : access
}

/** What a component's name says, else what it does, be it in another file. */
export function accessOfComponent(source: RouteSource, name: string): Access {
  const named = accessOfName(name)
  if (named !== 'open') return named
  return source.guards.get(name) ?? accessByRedirect(source, name)
}

/** A component of this file that redirects: to the login it guards, elsewhere it keeps users out. */
function accessByRedirect(source: RouteSource, name: string): Access {
  const { ts, file } = source
  let access: Access = 'open'
  walk(ts, file, (node) => {
    const declared = ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)
    if (!declared || node.name?.getText(file) !== name) return
    if (!/\b(children|component)\b|<Outlet\b/i.test(node.getText(file))) return
    walk(ts, node, (each) => {
      if (isTag(source, each) && isRedirect(source, each)) access = accessOfRedirect(source, each)
    })
  })
  return access
}

/** `user ? <Page /> : <Navigate to="/login" />` guards; a redirect elsewhere keeps users out. */
function accessOfChoice(source: RouteSource, node: TS.ConditionalExpression): Access {
  const redirect = [node.whenTrue, node.whenFalse].find((each) => isRedirect(source, each))
  if (!redirect) return 'open'
  return accessOfRedirect(source, redirect)
}

/** A redirect to the login guards what it stands in; elsewhere it keeps users out. */
export function accessOfRedirect(source: RouteSource, redirect: TS.Node): Access {
  // Parentheses may hold a comment, which says something of its own.
  const node = source.ts.isParenthesizedExpression(redirect)
    ? unwrap(source.ts, redirect)
    : redirect
  return /log_?in|sign_?in|auth/i.test(node.getText(source.file)) ? 'guarded' : 'restricted'
}

function isRedirect(source: RouteSource, expression: TS.Expression): boolean {
  const node = unwrap(source.ts, expression)
  return isTag(source, node) && /^(Navigate|Redirect)$/.test(node.tagName.getText(source.file))
}
