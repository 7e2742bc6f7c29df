import type { ClientSessionHook, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { lineOfText } from '../../../../host/text.js'

const CALL =
  /(?:const|let)\s*\{([^{}=]{1,300})\}\s*=\s*(use(?:Session|Auth|User|CurrentUser|Account|Login)\w*)\(\s*\)/g

/** What says that somebody is there, the plainest first. */
const PRESENT = ['isAuthenticated', 'isLoggedIn', 'isSignedIn', 'user', 'currentUser', 'session']
const LOADING = ['loading', 'isLoading', 'isPending', 'pending', 'initializing']

/** What gives those inside it who is signed in. */
const PROVIDER = /<(?:[\w.]*\.)?\w*(?:Session|Auth|User|Clerk|Account|Login)\w*Provider\b/

/**
 * The host's hook that gives who is signed in, as its own components take it apart:
 * `const { user, loading } = useSession()`. Null where what it needs stands around some pages only.
 *
 * @param roots where the front end starts, and its app
 */
export function detectSessionHook(
  context: DetectionContext,
  modules: string[],
  roots: string[],
): Found<ClientSessionHook> | null {
  const isProvided = (file: string) => PROVIDER.test(context.files.read(file) ?? '')
  if (modules.some((file) => !roots.includes(file) && isProvided(file))) return null
  const found = new Map<string, Found<ClientSessionHook> & { keys: Set<string> }>()
  for (const file of modules) {
    const text = context.files.read(file) ?? ''
    for (const [words, taken = '', name = ''] of text.matchAll(CALL)) {
      const keys = taken.split(',').map((key) => key.trim())
      const known = found.get(name)
      if (known) {
        for (const one of keys) known.keys.add(one)
        continue
      }
      const hook = hookOf(context, file, name)
      if (!hook) continue
      const evidence = [{ file, line: lineOfText(text, words.split('\n')[0] ?? '') ?? 1 }]
      const value = { hook, user: '', loading: null }
      found.set(name, { value, source: 'detected', evidence, keys: new Set(keys) })
    }
  }
  for (const { value, source, evidence, keys } of found.values()) {
    const user = PRESENT.find((key) => keys.has(key))
    if (user === undefined) continue
    const loading = LOADING.find((key) => keys.has(key)) ?? null
    return { value: { ...value, user, loading }, source, evidence }
  }
  return null
}

/** As another module of the host imports it; null for what cannot be imported. */
function hookOf(
  { sources }: DetectionContext,
  file: string,
  name: string,
): ClientSessionHook['hook'] | null {
  const meaning = sources.meaningOf(file, name)
  if (!meaning) return null
  if (meaning.kind === 'package') {
    const isDefault = meaning.imported === 'default'
    return { name, default: isDefault, file: null, package: meaning.package }
  }
  const exported = sources.exportOf(meaning.file, meaning.name)
  if (!exported || (!exported.default && exported.name !== name)) return null
  return { name, default: exported.default, file: meaning.file, package: null }
}
