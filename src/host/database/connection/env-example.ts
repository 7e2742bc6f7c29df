import { ENV_EXAMPLES } from '../../env-examples.js'
import { type ConnectionOptions, type OptionName, ofVariable } from './options.js'
import { variable } from './setting.js'
import type { DetectionContext } from '../../context.js'

const URL =
  /^(\w+_)?(DATABASE|POSTGRES|POSTGRESQL|PG|DB|NEON|SUPABASE_DB)_?(URL|URI|CONNECTION_STRING|DSN)$/
/** Other databases than the app's own, and other ways to it. */
const OTHER = /TEST|SHADOW|DIRECT|REDIS|MONGO|REPLICA/
const TLS = /^(DB|DATABASE|PG|POSTGRES|POSTGRESQL|TYPEORM)_(USE_|ENABLE_)?(SSL|TLS)(_ENABLED)?$/
const PARTS: [RegExp, OptionName][] = [
  [/_HOST(NAME)?$/, 'host'],
  [/_PORT$/, 'port'],
  [/_USER(NAME)?$/, 'user'],
  [/_PASS(WORD|WD)?$/, 'password'],
  [/_(NAME|DATABASE|DB)$/, 'database'],
]

/** How the committed example of the environment names the database; null when it does not. */
export function optionsOfExample(context: DetectionContext): ConnectionOptions | null {
  for (const path of examplesOf(context)) {
    const names = namesIn(context.files.read(path) ?? '')
    const urls = names.filter((name) => URL.test(name) && !OTHER.test(name))
    const url = urls.find((name) => name === 'DATABASE_URL') ?? urls[0]
    if (url !== undefined) return ofVariable(url)
    const parts = partsOf(names.filter((name) => !OTHER.test(name)))
    if (parts) return parts
  }
  return null
}

/** The variable of the example that turns TLS on; null when there is none. */
export function tlsVariableOfExample(context: DetectionContext): string | null {
  for (const path of examplesOf(context)) {
    const names = namesIn(context.files.read(path) ?? '')
    const found = names.find((name) => TLS.test(name) && !OTHER.test(name))
    if (found !== undefined) return found
  }
  return null
}

function partsOf(names: string[]): ConnectionOptions | null {
  const host = names.find((name) =>
    /^(DB|DATABASE|PG|POSTGRES|POSTGRESQL|TYPEORM)_?HOST(NAME)?$/.test(name),
  )
  if (host === undefined) return null
  const prefix = host.replace(/_?HOST(NAME)?$/, '')
  const values: ConnectionOptions['values'] = new Map()
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const part = PARTS.find(([pattern]) =>
      pattern.test(name.replace(prefix, '_').replace('__', '_')),
    )
    if (part && !values.has(part[1])) values.set(part[1], variable(name))
  }
  return values.has('database') || values.has('user') ? { values, unknown: [] } : null
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/^\s*#?\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/gm)].map(
    ([, name]) => name ?? '',
  )
}

function examplesOf(context: DetectionContext): string[] {
  return [...ENV_EXAMPLES.map((name) => context.path(name)), ...ENV_EXAMPLES]
}
