import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { Sources } from '../../../../host/source/sources.js'
import { rejecting, type Candidate } from './login-candidates.js'
import { middlewareOf } from './login-import.js'
import type { MountCall } from './mounts.js'

/**
 * What lets in some when it is called with their roles, and everybody who is logged in when it is
 * called with none: `authorize(Role.ADMIN)` of `authorize(...roles)`. The most used first.
 */
export function loginsOfRoles({ sources }: DetectionContext, calls: MountCall[]): Candidate[] {
  const found = new Map<ts.Node, Candidate>()
  for (const { handler, call, resolved } of rejecting(sources, calls)) {
    const { node } = resolved
    if (!node || !sources.ts.isCallExpression(handler) || !opensWithoutRoles(sources, node))
      continue
    const middleware = middlewareOf(sources, call.file, handler, resolved)
    const candidate = found.get(node) ?? {
      resolved,
      middleware: middleware && { ...middleware, use: withoutArguments(handler, middleware.use) },
      uses: [],
    }
    candidate.uses.push(sources.evidence(call.file, call.node))
    found.set(node, candidate)
  }
  return [...found.values()].sort((a, b) => b.uses.length - a.uses.length)
}

/** `.require('admin')` of `auth.require('admin')` is `.require()` */
function withoutArguments({ arguments: given }: ts.CallExpression, use: string): string {
  const [first] = given
  return first ? use.slice(0, use.lastIndexOf(first.getText())).trimEnd() + ')' : use
}

/** Its one parameter may be left out, and is asked whether anything is in it before it is used. */
function opensWithoutRoles({ ts }: Sources, maker: ts.Node): boolean {
  if (!ts.isFunctionLike(maker) || maker.parameters.length !== 1) return false
  const [roles] = maker.parameters
  if (!roles || !ts.isIdentifier(roles.name)) return false
  if (!roles.dotDotDotToken && !roles.questionToken && !roles.initializer) return false
  const name = roles.name.text
  const guard = new RegExp(
    `\\b${name}(\\?\\.|\\.)length\\s*(>\\s*0|!==?\\s*0|>=\\s*1)?\\s*(&&|\\))|!${name}(\\?\\.|\\.)length\\s*\\|\\||\\b${name}\\.length\\s*===?\\s*0\\s*\\|\\|`,
  )
  return guard.test(maker.getText())
}
