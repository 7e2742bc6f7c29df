import type { EnvProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { ENV_EXAMPLES } from './env-examples.js'
import { loadedByCode, loadedByScript } from './env-file.js'
import { folderOf, joinPath } from './host-files.js'
import { reachable } from './source/import-graph.js'

/** What lets a developer, and everybody else, in without a login. */
const BYPASS =
  /(?:^|_)(BYPASS|SKIP|DISABLE|MOCK|FAKE|NO)_?(AUTH|LOGIN)|(AUTH|LOGIN)_?(BYPASS|SKIP|DISABLED?|MOCK|OFF)\b/
/** So far from the database's module is looked for what loads the environment. */
const MOST_MODULES = 40

/**
 * Where the server reads its variables from in development, and the committed example of that
 * file: beside it, else in the server's package or its source's folder, else in the root.
 *
 * @param server its source's folder, its modules to start from, and the script that starts it
 * @param connection the module that billing reaches the database by, null with a pool of its own
 */
export function detectEnv(
  context: DetectionContext,
  server: { dir: string; entries: string[]; script: string | null },
  connection: string | null,
): EnvProfile {
  const byScript = loadedByScript(context, server.script)
  const byCode = byScript === null ? loadedByCode(context, server.entries) : null
  const file = byScript ?? byCode?.file ?? null
  const beside = file === null ? [] : [folderOf(file.value)]
  const folders = [...beside, context.dir, server.dir, '']
  const paths = folders.flatMap((folder) => ENV_EXAMPLES.map((name) => joinPath(folder, name)))
  const example = context.files.firstFile(paths)
  return {
    exampleFile: example ?? joinPath(beside[0] ?? context.dir, '.env.example'),
    exists: example !== null,
    bypasses: bypassesIn(example === null ? '' : (context.files.read(example) ?? '')),
    file,
    dotenv: context.has('dotenv'),
    isPreloaded: byCode === null || isReached(context, connection, byCode.module),
  }
}

/** Whether a script that only reaches the database has loaded the environment by that. */
function isReached(
  { sources }: DetectionContext,
  connection: string | null,
  module: string,
): boolean {
  if (connection === null) return false
  for (const file of reachable(sources, { from: [connection], maxFiles: MOST_MODULES })) {
    if (file === module) return true
  }
  return false
}

function bypassesIn(text: string): string[] {
  const names = [...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=/gm)].map(([, name]) => name ?? '')
  return names.filter((name) => BYPASS.test(name))
}
