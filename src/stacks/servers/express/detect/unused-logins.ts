import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import { joinPath } from '../../../../host/host-files.js'
import type { Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { isLogin, type Candidate } from './login-candidates.js'
import { exportedMiddleware } from './login-import.js'

const FOLDER = /^(middle_?wares?|guards?)$/i
const MODULE = /(middle_?ware|guard)s?\.[cm]?[jt]s$/i
const SOURCE = /\.[cm]?[jt]s$/
const NOT_CODE = /\.(d|test|spec)\.[cm]?[jt]s$/
const MAX_FOLDERS = 200
const MAX_DEPTH = 6

/**
 * Login middlewares that a module of the server's exports and no route uses, as in a template
 * whose first route is still to be written.
 */
export function unusedLogins(context: DetectionContext): Candidate[] {
  return moduleFiles(context).flatMap((file) => loginsOf(context.sources, file))
}

/** The modules that they, or their folder, call middleware, the nearest first. */
function moduleFiles({ files, dir }: DetectionContext): string[] {
  const found: string[] = []
  let folders = [dir]
  let left = MAX_FOLDERS
  for (let depth = 0; depth < MAX_DEPTH && folders.length > 0 && left > 0; depth++) {
    const level = folders.slice(0, left)
    left -= level.length
    for (const folder of level) {
      const isOfMiddleware = FOLDER.test(folder.slice(folder.lastIndexOf('/') + 1))
      const names = files
        .sourcesIn(folder)
        .filter((name) => (isOfMiddleware ? SOURCE : MODULE).test(name) && !NOT_CODE.test(name))
      found.push(...names.map((name) => joinPath(folder, name)))
    }
    folders = level.flatMap((folder) =>
      files.foldersIn(folder).map((name) => joinPath(folder, name)),
    )
  }
  return found
}

function loginsOf(sources: Sources, file: string): Candidate[] {
  const names = new Set([...(sources.index(file)?.exports.keys() ?? []), 'default'])
  const found = new Map<ts.Node, Candidate>()
  for (const name of names) {
    const meaning = sources.exportedFrom(file, name)
    if (meaning?.kind !== 'local' || meaning.file !== file) continue
    const node = sources.valueOf(meaning.node)
    const resolved: Resolved = { name: meaning.name, file, node }
    // What passes no request on is a handler, such as that of the login itself.
    if (!node || !/\bnext\(\)/.test(node.getText()) || !isLogin(sources, resolved)) continue
    found.set(node, { resolved, middleware: exportedMiddleware(sources, resolved), uses: [] })
  }
  return [...found.values()]
}
