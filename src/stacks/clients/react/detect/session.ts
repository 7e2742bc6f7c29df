import type { ClientSession, Evidence, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { sentTokens, type SentToken } from '../session/sent-tokens.js'
import { keptToken } from '../session/kept-token.js'
import type { ClientEntry } from './entry.js'

const TOKEN = /Bearer|authorization|token["']?\]?\s*[:=]/i
const COOKIE = /credentials:\s*['"](include|same-origin)['"]|withCredentials/
const LIKELY = /api|client|http|fetch|axios|auth|request|store|slice/i
const MAX_MODULES = 150

/** How requests to the API carry the login: a token that the page keeps, or a cookie. */
export function detectSession(context: DetectionContext, entry: ClientEntry): Found<ClientSession> {
  const reach = { from: [entry.file], likely: LIKELY, maxFiles: MAX_MODULES }
  const files = [...reachable(context.sources, reach)]
  const sent: SentToken[] = []
  for (const file of files) {
    if (!TOKEN.test(context.files.read(file) ?? '')) continue
    sent.push(...sentTokens(context, file, files))
    const known = sent.find(({ token }) => token !== null)
    if (known?.token) return bearer(known, known.token)
  }
  const withCookie = files.find((file) => COOKIE.test(context.files.read(file) ?? ''))
  const [unknown] = sent
  if (unknown) return unknownToken(context, unknown, files)
  // A browser sends cookies to its own origin without being told to.
  if (withCookie === undefined)
    return { value: { kind: 'cookie' }, source: 'assumed', evidence: [] }
  const evidence = [lineOf(context, withCookie)]
  return { value: { kind: 'cookie' }, source: 'detected', evidence }
}

function bearer(
  { header, scheme, evidence }: SentToken,
  { code, imports }: NonNullable<SentToken['token']>,
): Found<ClientSession> {
  const value: ClientSession = { kind: 'bearer', token: code, imports, header, scheme }
  return { value, source: 'detected', evidence: [evidence] }
}

/** A token that only a component knows is often kept in the storage as well. */
function unknownToken(
  context: DetectionContext,
  { header, scheme, evidence }: SentToken,
  files: string[],
): Found<ClientSession> {
  const kept = keptToken(context, files)
  const reason = `the token that ${evidence.file} sends cannot be read from elsewhere`
  if (kept !== null) {
    const value: ClientSession = { kind: 'bearer', token: kept, imports: [], header, scheme }
    const where = `${reason}, and one is kept there`
    return context.assume('host.client.session', value, kept, where)
  }
  // Where it was seen stays with it: a cookie is not what proves the login here.
  const found = context.assume('host.client.session', { kind: 'cookie' } as const, 'cookie', reason)
  return { ...found, evidence: [evidence] }
}

function lineOf({ files }: DetectionContext, file: string): Evidence {
  const lines = (files.read(file) ?? '').split('\n')
  return { file, line: lines.findIndex((line) => COOKIE.test(line)) + 1 }
}
