import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import { walk, type Source } from '../source.js'
import type { EventKind } from './mount-events.js'

/** A function of another file that is given the app, or kept it, and what it is known to mount. */
export interface Setup {
  /** As it is called: 'registerRoutes', 'loaders.default'. */
  call: string
  /** The call is not given the app itself: its object was, before. */
  isKept?: true
  mounts: SetupMount[]
}

export interface SetupMount {
  kind: EventKind
  /** Null: for every path. */
  path: string | null
  isExact: boolean
}

/** Where the app is to be found in a file. */
export interface AppPlace {
  /** Its variable where it is known: 'app', 'this.app'. */
  variable?: string
  /** The exported function that is given the app, where the file does not make it. */
  setup?: string
  /** What is known of the functions that the file gives the app to. */
  setups?: Setup[]
}

export type FunctionWithBody = TS.FunctionLikeDeclaration & { body: TS.Block }

export function hasBody({ ts }: Source, node: TS.Node): node is FunctionWithBody {
  return ts.isFunctionLike(node) && 'body' in node && !!node.body && ts.isBlock(node.body)
}

/**
 * The function that a module exports by a name.
 * @throws Miss when there is none that takes the app as `variable`
 */
export function findSetup(source: Source, name: string, variable: string): FunctionWithBody {
  const { ts, file } = source
  const found: FunctionWithBody[] = []
  walk(ts, file, (node) => {
    if (hasBody(source, node) && isExportedAs(source, node, name) && takes(source, node, variable))
      found.push(node)
  })
  const [only] = found
  if (only && found.length === 1) return only
  throw new Miss('anchor_not_found', `No function ${name} that is given the app was found.`)
}

function isExportedAs(source: Source, node: FunctionWithBody, name: string): boolean {
  const { ts, file } = source
  const { parent } = node
  if (ts.isExportAssignment(parent)) return name === 'default'
  const own = ts.isFunctionDeclaration(node) ? node.name?.text : null
  const isVariable = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)
  const local = own ?? (isVariable ? parent.name.getText(file) : null)
  if (name !== 'default') return local === name || isProperty(source, node, name)
  if (ts.isBinaryExpression(parent)) return /^module\.exports$/.test(parent.left.getText(file))
  const isDefault =
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  return isDefault || (local !== null && isDefaultExport(source, local))
}

/** `exports.register = (app) => …` */
function isProperty({ ts, file }: Source, node: TS.Node, name: string): boolean {
  const { parent } = node
  return (
    ts.isBinaryExpression(parent) &&
    [`exports.${name}`, `module.exports.${name}`].includes(parent.left.getText(file))
  )
}

function isDefaultExport({ ts, file }: Source, local: string): boolean {
  return file.statements.some(
    (each) =>
      (ts.isExportAssignment(each) && each.expression.getText(file) === local) ||
      (ts.isExpressionStatement(each) &&
        each.expression.getText(file).replace(/\s/g, '') === `module.exports=${local}`),
  )
}

function takes({ ts }: Source, node: FunctionWithBody, variable: string): boolean {
  return node.parameters.some(({ name }) =>
    ts.isIdentifier(name)
      ? name.text === variable
      : ts.isObjectBindingPattern(name) &&
        name.elements.some((each) => ts.isIdentifier(each.name) && each.name.text === variable),
  )
}
