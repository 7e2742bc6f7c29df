import type { ts } from 'ts-morph'
import { resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import type { LoginNeed } from '../../../../types.js'
import type { LoginPlace } from './mount-kind.js'
import { isKnown, type MountCall } from './mounts.js'

interface Signs {
  /** Code that reads it. */
  reads: RegExp
  /** The call or the package of what puts it there. */
  named: RegExp
  /** Code that puts it there. */
  puts: RegExp
}

const NEEDS: Record<LoginNeed, Signs> = {
  cookies: {
    reads: /\b\w+\.(cookies|signedCookies)\b|\b(cookies|signedCookies)\b[^=;]*\}\s*=\s*req/,
    named: /cookie/i,
    puts: /\.cookies\s*=[^=]|cookie_?parser/i,
  },
  session: {
    reads: /\breq\w*\.session\b/,
    named: /session/i,
    puts: /\.session\s*=[^=]|session\(/i,
  },
  passport: {
    reads: /\.isAuthenticated\s*\(/,
    named: /passport/i,
    puts: /isAuthenticated\s*=[^=]|passport\./,
  },
}

const WHOLE = new Set([null, '', '/', '*', '/api', '/api/'])

/**
 * What the login reads of a request that nothing puts there which the app mounts for every request:
 * the host's own routers may bring it themselves, billing's does not. Empty where anything is
 * mounted that cannot be seen into.
 */
export function loginNeeds(
  sources: Sources,
  calls: MountCall[],
  login: LoginPlace | null,
): LoginNeed[] {
  const code = login && codeOf(sources, login)
  if (!code || !calls.every(isKnown)) return []
  const mounted = calls
    .filter(({ method, path }) => method === 'use' && WHOLE.has(path))
    .flatMap(({ file, handlers }) => handlers.map((handler) => seenOf(sources, file, handler)))
  if (mounted.some((seen) => seen === null)) return []
  const needs = Object.keys(NEEDS) as LoginNeed[]
  return needs.filter((need) => {
    const { reads, named, puts } = NEEDS[need]
    const isBrought = mounted.some(
      (seen) => seen && (named.test(seen.name) || puts.test(seen.code)),
    )
    return reads.test(withoutSettings(code)) && !isBrought
  })
}

/** Whether the login takes who is signed in from the Authorization header alone, never from a cookie. */
export function readsHeaderOnly(sources: Sources, login: LoginPlace | null): boolean {
  const code = login && codeOf(sources, login)
  return (
    !!code && /authorization/i.test(code) && !/cookie|session|passport|isAuthenticated/i.test(code)
  )
}

/** What the login puts on the request itself, it does not read there. */
function withoutSettings(code: string): string {
  return code.replace(/\breq\w*\.\w+\s*=(?!=)/g, '')
}

function codeOf(sources: Sources, { file, name }: LoginPlace): string | null {
  const meaning = sources.meaningOf(file, name) ?? sources.exportedFrom(file, name)
  return meaning?.kind === 'local' ? (sources.valueOf(meaning.node)?.getText() ?? null) : null
}

/** The call of a handler with its package, and the code behind its name; null where it is not seen. */
function seenOf(
  sources: Sources,
  file: string,
  handler: ts.Expression,
): { name: string; code: string } | null {
  const { ts } = sources
  if (ts.isFunctionLike(handler)) return { name: '', code: handler.getText() }
  const called = ts.isCallExpression(handler) ? handler.expression : handler
  const resolved = resolveExpression(sources, file, called)
  if (!resolved && !ts.isCallExpression(handler)) return null
  const from = resolved && !resolved.node ? resolved.file : ''
  return { name: `${handler.getText()} ${from}`, code: resolved?.node?.getText() ?? '' }
}
