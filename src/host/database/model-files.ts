import type { DetectionContext } from '../context.js'
import { joinPath } from '../host-files.js'
import { isOwnModule } from '../own-files.js'
import { reachable } from '../source/import-graph.js'
import type { DetectedServer } from '../../stacks/servers/stack.js'

/** Folders whose files an ORM may read by being there, without an import. */
const FOLDERS =
  /^(models?|entit(y|ies)|schemas?|tables|orm|db|database|src|server|domain|modules|app|lib|migrations)$/i
const MODEL_FOLDERS =
  /(^|\/)(models?|entit(y|ies)|schemas?|tables|orm|migrations)(\/|$)|\.(entity|model|schema)\./i
const MAX_FILES = 150
const MAX_DEPTH = 5

/**
 * The modules that describe tables: what the server imports, and what lies in the folders that ORMs
 * read whole. Only those whose text has one of the marks.
 */
export function modelFiles(
  context: DetectionContext,
  server: DetectedServer,
  mark: RegExp,
): string[] {
  const { files, sources } = context
  const found = new Set<string>()
  for (const file of reachable(sources, { from: server.entries, likely: MODEL_FOLDERS }))
    found.add(file)
  for (const file of inFolders(context, server.profile.dir.value)) found.add(file)
  for (const file of inFolders(context, context.dir)) found.add(file)
  return [...found].filter((file) => !isOwnModule(file) && mark.test(files.read(file) ?? ''))
}

function inFolders({ files }: DetectionContext, root: string): string[] {
  const found: string[] = []
  const look = (folder: string, depth: number): void => {
    if (depth > MAX_DEPTH || found.length > MAX_FILES) return
    for (const name of files.sourcesIn(folder)) {
      const path = joinPath(folder, name)
      if (
        /\.[cm]?[jt]s$/.test(name) &&
        !/\.d\.ts$|\.(test|spec)\./.test(name) &&
        MODEL_FOLDERS.test(path)
      ) {
        found.push(path)
      }
    }
    for (const name of files.foldersIn(folder)) {
      if (FOLDERS.test(name) || MODEL_FOLDERS.test(folder)) look(joinPath(folder, name), depth + 1)
    }
  }
  look(root, 0)
  return found.slice(0, MAX_FILES)
}
