import type { Evidence, Login } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { isInside } from '../../../../host/host-files.js'
import { nearest } from '../../../../host/source/import-graph.js'

/** Where billing's own middleware puts the user, as the middlewares of others do. */
const USER_ID = 'req.user.id'

/**
 * Better Auth where routes ask it for the session themselves: billing then asks as well.
 *
 * @param apps the modules that will import billing, which nothing below them can import
 */
export function betterAuthLogin(
  context: DetectionContext,
  apps: string[],
): { login: Login; evidence: Evidence[] } | null {
  const { sources } = context
  if (!context.has('better-auth')) return null
  const matches = (_: string, text: string): boolean => /\bbetterAuth\(/.test(text)
  for (const file of nearest(sources, { from: apps, matches })) {
    if (apps.includes(file) || !isInside(file, context.dir)) continue
    for (const [name, node] of sources.index(file)?.declarations ?? []) {
      const value = sources.valueOf(node)
      const exported = sources.exportOf(file, name)
      if (!exported || !value || !sources.ts.isCallExpression(value)) continue
      if (value.expression.getText() !== 'betterAuth') continue
      const login = { middleware: null, betterAuth: { file, ...exported }, userId: USER_ID }
      return { login, evidence: [sources.evidence(file, node)] }
    }
  }
  return null
}
