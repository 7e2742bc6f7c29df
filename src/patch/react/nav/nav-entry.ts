import type { ts as TS } from 'ts-morph'
import { unwrap, walk } from '../../source.js'
import type { Audience, Syntax } from './audience.js'

/** One link of a navigation: what leads to a page, and what of it names page and label. */
export interface NavEntry {
  /** All that is repeated for another link: the link itself, its `<li>`, its object, its condition. */
  node: TS.Node
  /** The link alone. */
  link: TS.Node
  /** Null where it is a constant of the host's. */
  path: string | null
  /** The expression or literal that is the path. */
  pathNode: TS.Node
  /** The text that people read, where it is one text. */
  labelNode: TS.Node | null
  label: string | null
  audience: Audience
  /** Only the first is like the new ones; others are of some people, or the app's name. */
  kind: 'page' | 'login' | 'admin' | 'brand'
}

const PATH_KEYS = /^(to|href|path|url|link|route|pathname|key)$/
const LEADS = /^(to|href|path|url|link|pathname)$/
const LABEL_KEYS = /^(label|name|title|text|children|caption)$/
const GOES = /^(navigate|push|replace|setLocation|go|goTo|router\.push|history\.push|nav)$/
const LOGIN = /log-?_?(in|out)|sign-?_?(in|up|out)|register|auth|join|forgot|password/i
const BRAND = /brand|logo/i
/** What the app's name is written in. */
export const TITLE = /title|text-(lg|xl|[2-9]xl)|font-(bold|black|extrabold)/i
const ADMIN = /admin|\bstaff\b|back-?office/i
/** Keys of an object that says who sees it. */
const RESTRICTS = /role|permission|module|access|scope|guard|policy|allow|require/i
const HOME =
  /^\W*(home|start|overview|dashboard|inicio|início|accueil|startseite|главная|主页|首页|홈)\W*$/i

/** The link that an element is; null when it leads to no page of the app. */
export function readLink(syntax: Syntax, element: TS.JsxElement | TS.JsxSelfClosingElement) {
  const { ts, file } = syntax
  const opening = ts.isJsxElement(element) ? element.openingElement : element
  const target = targetOf(syntax, opening)
  if (target === null || (target.path !== null && !isOfApp(target.path))) return null
  const label = ts.isJsxElement(element)
    ? labelIn(syntax, element)
    : attributeMatching(syntax, opening, LABEL_KEYS)
  const text = label?.text ?? null
  return { ...target, labelNode: label?.node ?? null, label: text, kind: kindOf() }

  function kindOf(): NavEntry['kind'] {
    const attributes = opening.attributes.getText(file)
    const written = `${target?.path ?? target?.pathNode.getText(file)} ${text ?? ''}`
    if (LOGIN.test(written)) return 'login'
    if (ADMIN.test(written)) return 'admin'
    if (BRAND.test(attributes)) return 'brand'
    const isHome = target?.path === '/' && !HOME.test(text ?? '')
    return isHome && (TITLE.test(attributes) || text === null) ? 'brand' : 'page'
  }
}

/** The link that an object of a list stands for; null when it names no page and no label. */
export function readObject(syntax: Syntax, object: TS.ObjectLiteralExpression): NavEntry | null {
  const { ts } = syntax
  const texts = object.properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property)) return []
    const value = unwrap(ts, property.initializer)
    return ts.isStringLiteralLike(value)
      ? [{ name: property.name.getText(syntax.file), value }]
      : []
  })
  const literal = texts.find(
    ({ name, value }) => PATH_KEYS.test(name) && value.text.startsWith('/'),
  )
  const pathNode = literal?.value ?? constantPath(syntax, object)
  const label = texts.find(({ name }) => LABEL_KEYS.test(name))
  if (!pathNode || !label || (literal && !isOfApp(literal.value.text))) return null
  const written = `${literal?.value.text ?? pathNode.getText(syntax.file)} ${label.value.text}`
  const names = object.properties.map((each) => each.name?.getText(syntax.file) ?? '')
  return {
    node: object,
    link: object,
    path: literal?.value.text ?? null,
    pathNode,
    labelNode: label.value,
    label: label.value.text,
    audience: names.some((name) => RESTRICTS.test(name)) ? 'some' : 'everyone',
    kind: LOGIN.test(written) ? 'login' : ADMIN.test(written) ? 'admin' : 'page',
  }
}

/** `url: ROUTES.NOTES` */
function constantPath({ ts, file }: Syntax, object: TS.ObjectLiteralExpression) {
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property) || !LEADS.test(property.name.getText(file))) continue
    const value = unwrap(ts, property.initializer)
    if (/^[A-Za-z][\w$]*(\.\w+)+$|^[A-Z][A-Z\d_]*$/.test(value.getText(file))) return value
  }
  return null
}

const RENDERS = /render|nav|link|item|tab|menu/i

/** The link that a function of the host's makes: `{renderNavItem('/about', 'About')}`. */
export function readCall(syntax: Syntax, holder: TS.JsxExpression): NavEntry | null {
  const { ts, file } = syntax
  const call = holder.expression && unwrap(ts, holder.expression)
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return null
  const [path, label, ...others] = call.arguments
  if (others.length > 0 || !RENDERS.test(call.expression.getText(file))) return null
  if (!path || !ts.isStringLiteralLike(path) || !isOfApp(path.text)) return null
  if (!label || !ts.isStringLiteralLike(label)) return null
  const written = `${path.text} ${label.text}`
  return {
    node: holder,
    link: holder,
    path: path.text,
    pathNode: path,
    labelNode: label,
    label: label.text,
    audience: 'everyone',
    kind: LOGIN.test(written) ? 'login' : ADMIN.test(written) ? 'admin' : 'page',
  }
}

/** A page of this app, not another site, a file, or a place on the page. */
function isOfApp(path: string): boolean {
  return /^\/(?!\/)[\w/-]*$/.test(path)
}

/** A component of the host's may call it otherwise: `<SidebarLink name="Notes" path="/notes" />`. */
function leadingOf({ file }: Syntax, opening: TS.JsxOpeningLikeElement): RegExp {
  return /^[A-Z]\w*(Link|Item|Tab)$/.test(opening.tagName.getText(file)) ? LEADS : /^(to|href)$/
}

function targetOf(syntax: Syntax, opening: TS.JsxOpeningLikeElement) {
  const { ts, file } = syntax
  const found = attributeMatching(syntax, opening, leadingOf(syntax, opening))
  if (found) return { path: found.text, pathNode: found.node }
  for (const property of opening.attributes.properties) {
    if (!ts.isJsxAttribute(property) || property.name.getText(file) !== 'onClick') continue
    let literal: TS.StringLiteralLike | null = null
    walk(ts, property, (node) => {
      if (!ts.isCallExpression(node) || !GOES.test(node.expression.getText(file))) return
      const [argument] = node.arguments
      if (argument && ts.isStringLiteralLike(argument)) literal ??= argument
    })
    const goes = literal as TS.StringLiteralLike | null
    if (goes) return { path: goes.text, pathNode: goes }
  }
  return null
}

function attributeMatching({ ts, file }: Syntax, opening: TS.JsxOpeningLikeElement, name: RegExp) {
  for (const property of opening.attributes.properties) {
    if (!ts.isJsxAttribute(property) || !name.test(property.name.getText(file))) continue
    const { initializer } = property
    if (!initializer) continue
    const inner = ts.isJsxExpression(initializer) ? initializer.expression : initializer
    if (!inner) continue
    if (ts.isStringLiteralLike(inner)) return { text: inner.text, node: initializer as TS.Node }
    // A constant of the host's; anything else may lead anywhere.
    if (
      /^[A-Z][\w$]*(\.\w+)+(\(\))?$|^[A-Z][A-Z\d_]*$|^\w*(paths|routes)(\.\w+)+$/i.test(
        inner.getText(file),
      )
    ) {
      return { text: null, node: initializer as TS.Node }
    }
  }
  return null
}

/** The one text in an element; of a translated label the call that gives it. */
function labelIn(syntax: Syntax, element: TS.JsxElement) {
  const { ts, file } = syntax
  const found: { text: string; node: TS.Node }[] = []
  walk(ts, element, (node) => {
    if (ts.isJsxAttributes(node)) return false
    if (ts.isJsxText(node) && /[\p{L}]/u.test(node.text)) {
      found.push({ text: node.text.trim(), node })
    }
    if (!ts.isJsxExpression(node) || !node.expression) return
    const inner = unwrap(ts, node.expression)
    if (ts.isStringLiteralLike(inner) && /\p{L}/u.test(inner.text)) {
      found.push({ text: inner.text, node })
    }
    if (
      ts.isCallExpression(inner) &&
      /^(\w+\.)?(t|translate|\$t|_)$/.test(inner.expression.getText(file))
    ) {
      found.push({ text: inner.getText(file), node })
    }
    return ts.isJsxElement(inner) || ts.isJsxSelfClosingElement(inner) ? undefined : false
  })
  const [only, ...others] = found
  return only && others.length === 0 ? only : null
}

/** Whether the file links to the page already; that it routes to it is no link. */
export function linksTo(syntax: Syntax, path: string): boolean {
  const { ts, file } = syntax
  let found = false
  walk(ts, file, (node) => {
    if (found || !ts.isStringLiteralLike(node) || node.text !== path) return
    const around = ts.isJsxExpression(node.parent) ? node.parent.parent : node.parent
    if (ts.isJsxAttribute(around)) {
      const leads = leadingOf(syntax, around.parent.parent)
      found = leads.test(around.name.getText(file)) && !isRedirect(syntax, around)
    } else if (ts.isPropertyAssignment(around)) {
      const keys = around.parent.properties.map((each) => each.name?.getText(file) ?? '')
      const isRoute = keys.some((key) => /^(element|component|lazy|children|loader)$/i.test(key))
      found = PATH_KEYS.test(around.name.getText(file)) && !isRoute
    } else if (ts.isCallExpression(around)) {
      const called = around.expression.getText(file)
      found = GOES.test(called) || (ts.isJsxExpression(around.parent) && RENDERS.test(called))
    }
  })
  return found
}

function isRedirect({ file }: Syntax, { parent }: TS.JsxAttribute): boolean {
  return /^<(Navigate|Redirect)\b/.test(parent.parent.getText(file))
}
