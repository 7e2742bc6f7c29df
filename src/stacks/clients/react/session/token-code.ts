import type { ts } from 'ts-morph'
import type { ImportedName } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { resolveExpression, stringValue } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

/** A token as any module can read it. */
export interface TokenCode {
  code: string
  imports: ImportedName[]
}

const MAX_HOPS = 5

/**
 * `localStorage.getItem('token')`, also behind a variable or a function of the host; a cookie that
 * scripts read; the state of a store; a function of the host that gives it.
 */
export function tokenOf(
  context: DetectionContext,
  file: string,
  expression: ts.Node,
  modules: string[],
  hops = MAX_HOPS,
): TokenCode | null {
  const { sources } = context
  const { ts } = sources
  if (hops === 0 || !ts.isExpression(expression)) return null
  const node = sources.unwrap(expression)
  const next = (from: string, value: ts.Node): TokenCode | null =>
    tokenOf(context, from, value, modules, hops - 1)
  const direct =
    storageRead(sources, file, node) ??
    cookieRead(sources, file, node) ??
    stateRead(context, file, node, modules) ??
    parsedRead(sources, file, node) ??
    selected(sources, file, node)
  if (direct) return direct
  if (ts.isBinaryExpression(node)) return next(file, node.left) ?? next(file, node.right)
  if (ts.isIdentifier(node)) {
    const taken = destructured(sources, file, node)
    if (taken) return taken(context, modules)
    const resolved = resolveExpression(sources, file, node)
    return resolved?.node ? next(resolved.file, resolved.node) : null
  }
  if (!ts.isCallExpression(node)) return null
  const called = resolveExpression(sources, file, node.expression)
  const returned = called?.node && returnedBy(sources, called.node)
  const read = returned ? next(called.file, returned) : null
  return read ?? exportedCall(sources, file, node)
}

function storageRead(sources: Sources, file: string, node: ts.Expression): TokenCode | null {
  const { ts } = sources
  if (ts.isPropertyAccessExpression(node)) {
    return isStorage(node.expression) ? { code: node.getText(), imports: [] } : null
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const { expression: storage, name } = node.expression
  const [argument] = node.arguments
  if (name.text !== 'getItem' || !isStorage(storage) || !argument) return null
  const key = keyOf(sources, file, argument)
  return key === null ? null : { code: `${storage.getText()}.getItem('${key}')`, imports: [] }
}

function isStorage(node: ts.Expression): boolean {
  return /^(window\.)?(local|session)Storage$/.test(node.getText())
}

function keyOf(sources: Sources, file: string, argument: ts.Expression): string | null {
  const key = stringValue(sources, file, argument)
  return key !== null && /^[\w.:@/-]+$/.test(key) ? key : null
}

/** `Cookies.get('token')` of js-cookie. */
function cookieRead(sources: Sources, file: string, node: ts.Expression): TokenCode | null {
  const { ts } = sources
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const { expression: holder, name } = node.expression
  const [argument] = node.arguments
  if (name.text !== 'get' || !ts.isIdentifier(holder) || !argument) return null
  if (sources.index(file)?.imports.get(holder.text)?.specifier !== 'js-cookie') return null
  const key = keyOf(sources, file, argument)
  const imports = [{ name: 'Cookies', default: true, file: null, package: 'js-cookie' }]
  return key === null ? null : { code: `Cookies.get('${key}')`, imports }
}

/** `JSON.parse(localStorage.getItem('user')).token`, or the whole of what is parsed. */
function parsedRead(sources: Sources, file: string, node: ts.Expression): TokenCode | null {
  const { ts } = sources
  const property = ts.isPropertyAccessExpression(node) ? node.name.text : null
  let holder = ts.isPropertyAccessExpression(node) ? sources.unwrap(node.expression) : node
  if (property === null && !ts.isCallExpression(node)) return null
  if (ts.isIdentifier(holder)) {
    const resolved = resolveExpression(sources, file, holder)
    if (!resolved?.node || !ts.isExpression(resolved.node)) return null
    holder = sources.unwrap(resolved.node)
  }
  if (ts.isConditionalExpression(holder)) holder = sources.unwrap(holder.whenTrue)
  if (!ts.isCallExpression(holder) || holder.expression.getText() !== 'JSON.parse') return null
  const [argument] = holder.arguments
  let stored = argument && sources.unwrap(argument)
  if (stored && ts.isBinaryExpression(stored)) stored = sources.unwrap(stored.left)
  const read = stored && storageRead(sources, file, stored)
  if (!read || !read.code.includes('getItem')) return null
  const parsed = `JSON.parse(${read.code} ?? 'null')`
  return { code: property === null ? parsed : `${parsed}?.${property}`, imports: [] }
}

/** `useSession.getState().token`, `store.getState().auth.token` */
function stateRead(
  context: DetectionContext,
  file: string,
  node: ts.Expression,
  modules: string[],
): TokenCode | null {
  const { sources } = context
  const { ts } = sources
  const path: string[] = []
  let holder = node
  while (ts.isPropertyAccessExpression(holder)) {
    path.unshift(`${holder.questionDotToken ? '?.' : '.'}${holder.name.text}`)
    holder = sources.unwrap(holder.expression)
  }
  if (path.length === 0) return null
  // A constant may hold the state: `const { auth } = store.getState()`, `const state = getState()`.
  if (ts.isIdentifier(holder)) {
    const value = resolveExpression(sources, file, holder)?.node
    if (!value || !ts.isExpression(value)) return null
    holder = sources.unwrap(value)
  }
  const store = storeOf(context, file, holder, modules)
  return store && { code: `${store.name}.getState()${path.join('')}`, imports: [store] }
}

/** The host's store whose `getState` an expression calls. */
function storeOf(
  { sources, files }: DetectionContext,
  file: string,
  node: ts.Expression,
  modules: string[],
): ImportedName | null {
  const { ts } = sources
  if (!ts.isCallExpression(node)) return null
  const called = node.expression
  if (ts.isPropertyAccessExpression(called) && called.name.text === 'getState') {
    return ts.isIdentifier(called.expression)
      ? exportedName(sources, file, called.expression.text)
      : null
  }
  if (!ts.isIdentifier(called) || called.text !== 'getState') return null
  // A thunk or a base query is given the state of the one store there is.
  for (const module of modules) {
    if (!/\b(configureStore|createStore)\(/.test(files.read(module) ?? '')) continue
    for (const [name, target] of sources.index(module)?.exports ?? []) {
      if (!('local' in target)) continue
      const declared = sources.index(module)?.declarations.get(target.local)
      if (!/\b(configureStore|createStore)\(/.test(declared?.getText() ?? '')) continue
      const isDefault = name === 'default'
      return {
        name: isDefault ? target.local : name,
        default: isDefault,
        file: module,
        package: null,
      }
    }
  }
  return null
}

/** `const { token } = useSession.getState()` */
function destructured(
  sources: Sources,
  file: string,
  node: ts.Identifier,
): ((context: DetectionContext, modules: string[]) => TokenCode | null) | null {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return null
  let found: { holder: ts.Expression; name: string } | null = null
  sources.walk(source, (each) => {
    if (!ts.isBindingElement(each) || each.name.getText() !== node.text) return
    const declaration = each.parent.parent
    if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return
    const name = (each.propertyName ?? each.name).getText()
    found ??= { holder: sources.unwrap(declaration.initializer), name }
  })
  if (!found) return null
  const { holder, name } = found as { holder: ts.Expression; name: string }
  return (context, modules) => {
    const store = storeOf(context, file, holder, modules) ?? hookStore(sources, file, holder)
    return store && { code: `${store.name}.getState().${name}`, imports: [store] }
  }
}

/** `useSession((state) => state.token)` of zustand, whose state can be read outside of components. */
function selected(sources: Sources, file: string, node: ts.Expression): TokenCode | null {
  const { ts } = sources
  if (!ts.isCallExpression(node)) return null
  const [selector] = node.arguments
  if (!selector || !ts.isArrowFunction(selector)) return null
  const parameter = selector.parameters[0]?.name.getText()
  const body = selector.body.getText()
  if (parameter === undefined || !new RegExp(`^${parameter}(\\??\\.\\w+)+$`).test(body)) return null
  const store = hookStore(sources, file, node)
  const path = body.slice(parameter.length)
  return store && { code: `${store.name}.getState()${path}`, imports: [store] }
}

/** The zustand store behind a call of its hook. */
function hookStore(sources: Sources, file: string, node: ts.Expression): ImportedName | null {
  const { ts } = sources
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null
  const store = exportedName(sources, file, node.expression.text)
  if (!store?.file) return null
  const imports = [...(sources.index(store.file)?.imports.values() ?? [])]
  return imports.some(({ specifier }) => specifier === 'zustand') ? store : null
}

/** A function of the host that gives the token, from memory or from wherever it keeps it. */
function exportedCall(sources: Sources, file: string, node: ts.CallExpression): TokenCode | null {
  const { ts } = sources
  const called = node.expression
  // A hook works in components alone, and what is given something needs it.
  if (!ts.isIdentifier(called) || node.arguments.length > 0) return null
  if (/^use[A-Z]/.test(called.text) || !/token|jwt|session|auth/i.test(called.text)) return null
  const name = exportedName(sources, file, called.text)
  const value = name && resolveExpression(sources, file, called)?.node
  if (!name || !value || !ts.isFunctionLike(value)) return null
  const isAsync = value.getText().startsWith('async') || /\bawait\b|Promise\b/.test(value.getText())
  return isAsync ? null : { code: `${name.name}()`, imports: [name] }
}

function exportedName(sources: Sources, file: string, name: string): ImportedName | null {
  const meaning = sources.meaningOf(file, name)
  if (meaning?.kind !== 'local') return null
  const exported = sources.exportOf(meaning.file, meaning.name)
  if (!exported) return null
  const written = exported.default ? name : exported.name
  return { name: written, default: exported.default, file: meaning.file, package: null }
}

function returnedBy(sources: Sources, node: ts.Node): ts.Expression | null {
  const { ts } = sources
  if (!ts.isFunctionLike(node)) return null
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return node.body
  let returned: ts.Expression | null = null
  sources.walk(node, (child) => {
    // What it gives early on is given where there is no token.
    if (ts.isReturnStatement(child) && child.expression) returned = child.expression
  })
  return returned
}
