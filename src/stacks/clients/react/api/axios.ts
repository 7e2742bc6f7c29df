import type { ts } from 'ts-morph'
import type { ImportedName } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

/** An axios of the host that another module can use. */
export interface HostAxios {
  module: ImportedName
  /** The name that the file has for it where it is made; null where it has none there. */
  local: string | null
  file: string
  node: ts.Node
  /** The expression of its baseURL. */
  baseUrl: ts.Expression | null
  withCredentials: boolean
}

/** How it treats what comes back, and what it sends along. */
export interface Treatment {
  /** What it gives is the response, unchanged. */
  isTransparent: boolean
  /** It sends the token along by itself. */
  sendsToken: boolean
  /** A refused request is repeated with a new token, and nobody is sent to another page for it. */
  refreshes: boolean
}

/** The error reaches the caller as axios made it. */
const PASSES_ON = /reject\(\s*(e|\w*err\w*)\s*\)|throw (e|\w*err\w*)\b/i

/** The instances that a module makes and exports. */
export function instancesIn({ sources }: DetectionContext, file: string): HostAxios[] {
  const { ts } = sources
  const source = sources.parse(file)
  const found: HostAxios[] = []
  if (!source) return found
  sources.walk(source, (node) => {
    if (!ts.isCallExpression(node) || !isCreate(sources, file, node)) return
    const { parent } = node
    const local =
      ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null
    const exported = local === null ? null : sources.exportOf(file, local)
    const isDefault = ts.isExportAssignment(parent) || exported?.default === true
    if (!exported && !isDefault) return
    const name = isDefault ? (local ?? 'api') : (exported?.name ?? 'api')
    const options = node.arguments[0]
    found.push({
      module: { name, default: isDefault, file, package: null },
      local,
      file,
      node,
      baseUrl: optionOf(sources, options, 'baseURL'),
      withCredentials: optionOf(sources, options, 'withCredentials')?.getText() === 'true',
    })
  })
  return found
}

/** axios itself, where the host gives it settings for all requests. */
export function sharedAxiosIn({ sources }: DetectionContext, file: string): HostAxios | null {
  const { ts } = sources
  const source = sources.parse(file)
  const local = [...(sources.index(file)?.imports ?? [])].find(
    ([, { specifier, imported }]) => specifier === 'axios' && imported === 'default',
  )?.[0]
  if (!source || local === undefined) return null
  let baseUrl: ts.Expression | null = null
  let withCredentials = false
  let first: ts.Node | null = null
  sources.walk(source, (node) => {
    if (!ts.isBinaryExpression(node)) return
    const target = node.left.getText()
    if (target === `${local}.defaults.baseURL`) baseUrl = node.right
    if (target === `${local}.defaults.withCredentials`) {
      withCredentials = node.right.getText() === 'true'
    }
    if (target.startsWith(`${local}.defaults.`)) first ??= node
  })
  if (first === null) return null
  const module = { name: 'axios', default: true, file: null, package: 'axios' }
  return { module, local, file, node: first, baseUrl, withCredentials }
}

/** @param files that may set its interceptors and defaults */
export function treatmentOf(
  { sources }: DetectionContext,
  axios: HostAxios,
  files: string[],
): Treatment {
  const { ts } = sources
  const treatment = { isTransparent: true, sendsToken: false, refreshes: false }
  let redirects = false
  for (const file of files) {
    const name = file === axios.file ? axios.local : importedAs(sources, file, axios)
    const source = name === null ? null : sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (
        ts.isBinaryExpression(node) &&
        node.left.getText().startsWith(`${name}.defaults.headers`)
      ) {
        treatment.sendsToken = true
      }
      if (!ts.isCallExpression(node)) return
      const called = node.expression.getText()
      const [onSuccess, onError] = node.arguments
      if (called === `${name}.interceptors.request.use`) {
        treatment.sendsToken ||= /authori[sz]ation|token/i.test(codeOf(sources, file, onSuccess))
      }
      if (called !== `${name}.interceptors.response.use`) return
      const given = onSuccess && functionOf(sources, file, onSuccess)
      if (given && !givesItsArgument(sources, given)) treatment.isTransparent = false
      const text = codeOf(sources, file, onError)
      treatment.refreshes ||= /refresh/i.test(text) && PASSES_ON.test(text)
      redirects ||= /location|navigate|history|redirect|log_?out|sign_?out/i.test(text)
    })
  }
  return { ...treatment, refreshes: treatment.refreshes && !redirects }
}

/** The name that a file imports it by; null when it does not. */
export function importedAs(sources: Sources, file: string, { module }: HostAxios): string | null {
  for (const [name, { specifier, imported }] of sources.index(file)?.imports ?? []) {
    const isIt = module.default ? imported === 'default' : imported === module.name
    if (!isIt) continue
    if (module.package !== null && specifier === module.package) return name
    if (module.file !== null && sources.resolve(file, specifier) === module.file) return name
  }
  return null
}

function isCreate(sources: Sources, file: string, node: ts.CallExpression): boolean {
  const { ts } = sources
  const { expression } = node
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'create') return false
  if (!ts.isIdentifier(expression.expression)) return false
  return sources.index(file)?.imports.get(expression.expression.text)?.specifier === 'axios'
}

function optionOf(
  { ts }: Sources,
  options: ts.Expression | undefined,
  name: string,
): ts.Expression | null {
  if (!options || !ts.isObjectLiteralExpression(options)) return null
  for (const property of options.properties) {
    if (property.name?.getText() !== name) continue
    if (ts.isPropertyAssignment(property)) return property.initializer
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return null
}

/** A function that is given, or the one that a name stands for. */
function functionOf(sources: Sources, file: string, node: ts.Expression): ts.Node {
  const resolved = sources.ts.isIdentifier(node) ? resolveExpression(sources, file, node) : null
  return resolved?.node ?? node
}

function codeOf(sources: Sources, file: string, node: ts.Expression | undefined): string {
  return node ? functionOf(sources, file, node).getText() : ''
}

/** `(response) => response`, whatever else it does with it. */
function givesItsArgument(sources: Sources, node: ts.Node): boolean {
  const { ts } = sources
  if (!ts.isFunctionLike(node)) return node.getText() === 'null' || node.getText() === 'undefined'
  const name = node.parameters[0]?.name.getText()
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return node.body.getText() === name
  const returned: string[] = []
  sources.walk(node, (child) => {
    if (child !== node && ts.isFunctionLike(child)) return 'skip'
    if (ts.isReturnStatement(child)) returned.push(child.expression?.getText() ?? '')
    return
  })
  return returned.length > 0 && returned.every((each) => each === name)
}
