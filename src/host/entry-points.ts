import type { DetectionContext } from './context.js'
import { folderOf, isInside, joinPath } from './host-files.js'
import { appFolders } from './packages/package-set.js'
import { writtenOut } from './nodemon.js'
import { isOwnModule } from './own-files.js'

export interface EntryPoint {
  file: string
  /** The package.json script that starts it; null when it was found by its name. */
  script: string | null
}

const RUNNERS =
  /\b(tsx|ts-node|ts-node-dev|ts-node-esm|tsnd|nodemon|node|bun|swc-node|babel-node)\b/
const NOT_A_SERVER =
  /test|lint|format|migrat|seed|sync|generate|build|typecheck|install|worker|cron|client|cli\b/i
/** Scripts that are more likely to be how the server is started in development come first. */
const PREFERENCE = [
  /^(dev|start|watch)[:-](server|api|backend)$/,
  /^(server|api|backend)[:-](dev|start|watch)$/,
  /^dev$/,
  /^(server|api|backend)$/,
  /^start[:-]dev$/,
  /^start$/,
  /^serve$/,
]
/** Below the package's own. */
const SOURCE_FOLDERS = [
  'server',
  'server/src',
  'src/server',
  'src',
  'backend',
  'backend/src',
  'api',
  'api/src',
  'apps/api/src',
  'apps/server/src',
  '',
]
const NAMES = ['index', 'server', 'main', 'app', 'www']

/** Where the package's server starts: what scripts run, then `main`, then files by their usual names. */
export function entryPoints(context: DetectionContext): EntryPoint[] {
  const { manifest, overrides } = context
  const scripts = [...manifest.scripts]
    .map(([name, command]) => [name, writtenOut(context, command)] as const)
    .filter(([name, command]) => !NOT_A_SERVER.test(name) && RUNNERS.test(command))
    .sort(([a], [b]) => rank(a) - rank(b))
    .flatMap(([script, command]) =>
      filesIn(command).map((path) => ({ file: sourceOf(context, path), script })),
    )
  const main = manifest.main === null ? null : sourceOf(context, manifest.main)
  const all = [...scripts, { file: main, script: null }, ...byName(context)]
  const folder = overrides.serverDir
  const known = new Set<string>()
  return all.filter((entry): entry is EntryPoint => {
    if (entry.file === null || isOwnModule(entry.file) || known.has(entry.file)) return false
    known.add(entry.file)
    return folder === undefined || isInside(entry.file, joinPath(folder))
  })
}

function rank(script: string): number {
  const index = PREFERENCE.findIndex((pattern) => pattern.test(script))
  return index === -1 ? PREFERENCE.length : index
}

/** A module by its ending, or one without: `bin/www`, as Express's generator makes it. */
const PROGRAM = /\.[cm]?[jt]s$|(^|\/)bin\/[\w-]+$/

function filesIn(command: string): string[] {
  return command
    .split(/[\s"'=]+/)
    .filter((word) => PROGRAM.test(word) && !word.includes('*'))
    .map((word) => joinPath(word))
}

/** A build's folder, at the root or below the folder of the server: `app/server/dist/src/www`. */
const BUILT = /^(?:(?<above>.+?)\/)?(?:dist|build|out)\/(?<rest>.+)$|^lib\/(?<lib>.+)$/

/**
 * The source of a module that a package names: `dist/server/index.js` is what a build makes of
 * `src/server/index.ts` or `server/index.ts`, from where the build's folder stands or from a folder
 * above it. Where both are there, compilers are told that `src` is what they compile.
 */
export function sourceOf(context: DetectionContext, path: string): string | null {
  const stem = joinPath(path).replace(/\.[cm]?[jt]s$/, '')
  const { above = '', rest, lib } = BUILT.exec(stem)?.groups ?? {}
  const unbuilt = rest ?? lib
  const stems =
    unbuilt === undefined
      ? [stem]
      : withParents(above).flatMap((folder) =>
          ['src', '', 'server'].map((inner) => joinPath(folder, inner, unbuilt)),
        )
  const itself = /\.\w+$/.test(path) ? [] : [context.path(path)]
  const candidates = stems.flatMap((candidate) => withExtensions(context.path(candidate)))
  const sources = [...candidates, ...itself].filter((file) => !context.files.isMade(file))
  return context.files.firstFile(sources)
}

/** The folder, and those that it lies in up to the root. */
function withParents(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...withParents(folderOf(folder))]
}

function byName(context: DetectionContext): EntryPoint[] {
  const { files, overrides } = context
  const folder = overrides.serverDir === undefined ? null : joinPath(overrides.serverDir)
  const folders =
    folder === null
      ? [
          ...SOURCE_FOLDERS.map((base) => context.path(base)),
          ...appFolders(files, context.dir).map((app) => joinPath(app, 'src')),
        ]
      : [folder, joinPath(folder, 'src')]
  return folders
    .flatMap((base) => NAMES.map((name) => joinPath(base, name)))
    .flatMap((stem) => withExtensions(stem))
    .filter((file) => files.isFile(file) && !files.isMade(file))
    .map((file) => ({ file, script: null }))
}

function withExtensions(stem: string): string[] {
  return ['.ts', '.mts', '.js', '.mjs', '.cjs'].map((extension) => stem + extension)
}

/** Only the app is made in such a folder; what it is made of lies beside it. */
const SUPPORTING = /(^|\/)(loaders|config|lib|app|bootstrap|core|startup|express)$/
/** What an app is made of: a folder that has these is the source itself. */
const PARTS = /^(routes?|routers?|controllers?|middlewares?|models?|services?|modules|features)$/

/**
 * The base folder of the server's source, from where its app and its entry stand: an entry above
 * the app's folder is the base, unless it is the package's with only the start script in it. What
 * an app is made of may lie in `src` below it.
 */
export function sourceFolder(
  { files, dir }: Pick<DetectionContext, 'files' | 'dir'>,
  appFile: string,
  entryFile: string,
): string {
  const folder = folderOf(appFile)
  const entryFolder = folderOf(entryFile)
  if (entryFolder !== dir && isInside(folder, entryFolder)) return entryFolder
  const hasParts = (base: string) => files.foldersIn(base).some((name) => PARTS.test(name))
  const isSource = hasParts(folder)
  const below = joinPath(folder, 'src')
  if (!isSource && hasParts(below)) return below
  return SUPPORTING.test(folder) && folder !== dir && !isSource ? folderOf(folder) : folder
}
