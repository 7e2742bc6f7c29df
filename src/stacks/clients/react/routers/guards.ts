import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { ClientRouter } from '../../../../types.js'

const MAX_IMPORTS = 80
const GOES = '(?:navigate|setLocation|push|replace)'
/** Where it renders, or where a condition says so; not where a button does. */
const REDIRECTS = new RegExp(
  `<(?:Navigate|Redirect)\\b|\\bredirect\\(|\\bif\\s*\\([^;{}]*\\)\\s*\\{?\\s*(?:return\\s+)?(?:\\w+\\.)?${GOES}\\(`,
)
const WRAPS = /\bchildren\b|<Outlet\b|\bcomponent\b|\bComponent\b|\bredirect\(/
const TO =
  /(?:\bto=\{?|\bto:\s*|(?:navigate|setLocation|push|replace|redirect)\(\s*)["'`]([^"'`]*)/g
const LOGIN = /log_?-?in|sign_?-?in|auth/i
const ROLE = /\broles?\b|admin|permission|subscri|verified/i

/**
 * What wraps pages and sends some people away, by the names that the file with the routes has for
 * it: told by what it does, so that no name has to say it.
 */
export function guardsOf({ sources }: DetectionContext, file: string): ClientRouter['guards'] {
  const guards: ClientRouter['guards'] = {}
  const names = [...(sources.index(file)?.imports.keys() ?? [])].slice(0, MAX_IMPORTS)
  for (const name of names) {
    const meaning = sources.meaningOf(file, name)
    if (meaning?.kind !== 'local' || meaning.file === file) continue
    const access = accessOf(meaning.node)
    if (access) guards[name] = access
  }
  return guards
}

function accessOf(node: ts.Node): 'guarded' | 'restricted' | null {
  const text = node.getText()
  if (!REDIRECTS.test(text) || !WRAPS.test(text)) return null
  const targets = [...text.matchAll(TO)].map(([, target]) => target ?? '')
  if (targets.length === 0) return /log_?in|sign_?in/i.test(text) ? 'guarded' : null
  if (!targets.some((target) => LOGIN.test(target))) return 'restricted'
  return ROLE.test(text) ? 'restricted' : 'guarded'
}
