import type { ts } from 'ts-morph'
import type { Sources } from '../../../../host/source/sources.js'
import type { Handover } from './handover.js'

/** A call of a method that mounts on the app which its object has kept: `router.init()`. */
export interface KeptUse extends Handover {
  call: ts.CallExpression
}

/**
 * Where an object is used that was only given the app to keep: `const router = new Routes(app)`
 * mounts nothing, `router.init()` does. Null where its constructor mounts, or calls what may.
 *
 * @param scope code that the object is made in
 */
export function keptUses(
  sources: Sources,
  scope: ts.Node,
  made: ts.NewExpression,
  { scope: owner, file, variable }: Handover,
): KeptUse[] | null {
  const { ts } = sources
  const name = nameOf(sources, made)
  if (name === null || !ts.isClassDeclaration(owner)) return null
  const constructor = owner.members.find((member) => ts.isConstructorDeclaration(member))
  const code = constructor?.body?.getText() ?? ''
  if (/\bthis\.[\w$#]+\s*\(/.test(code) || code.includes(`${variable}.`)) return null
  const uses: KeptUse[] = []
  sources.walk(scope, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const { expression, name: method } = node.expression
    if (expression.getText() !== name || node.pos < made.pos) return
    const member = owner.members.find(
      (each) => ts.isMethodDeclaration(each) && each.name.getText() === method.text,
    )
    if (member) uses.push({ call: node, file, scope: member, variable, exported: null })
  })
  return uses.length > 0 ? uses : null
}

/** 'router' of `const router = new Routes(app)`, 'this.routes' of `this.routes = new Routes(app)`. */
function nameOf({ ts }: Sources, made: ts.NewExpression): string | null {
  const { parent } = made
  if (ts.isVariableDeclaration(parent)) {
    return ts.isIdentifier(parent.name) ? parent.name.text : null
  }
  const isAssigned =
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  return isAssigned ? parent.left.getText() : null
}
