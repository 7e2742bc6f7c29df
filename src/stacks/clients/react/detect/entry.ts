import type { DetectionContext } from '../../../../host/context.js'
import { folderOf, isInside, joinPath } from '../../../../host/host-files.js'
import { appFolders } from '../../../../host/packages/package-set.js'

/** Below the package's own. */
const FOLDERS = ['client', 'frontend', 'web', 'app', 'ui', 'src/client', 'apps/web', '']
const ENTRY_NAMES = ['main', 'index', 'app', 'App']

export interface ClientEntry {
  file: string
  line: number
}

function foldersOf(context: DetectionContext): string[] {
  const apps = appFolders(context.files, context.dir)
  return [...apps, ...FOLDERS.map((folder) => context.path(folder))]
}

/** The vite.config of the host, in its root or in the front end's folder. */
export function viteConfig(context: DetectionContext): string | null {
  return context.files.firstFile(
    foldersOf(context)
      .toReversed()
      .flatMap((folder) =>
        ['ts', 'mts', 'js', 'mjs'].map((ending) => joinPath(folder, `vite.config.${ending}`)),
      ),
  )
}

/** The module that index.html loads, else one by its usual name. */
export function clientEntry(context: DetectionContext): ClientEntry | null {
  const { files, overrides } = context
  const given = overrides.clientDir === undefined ? null : joinPath(overrides.clientDir)
  const roots = given === null ? htmlFolders(context) : [given, folderOf(given)]
  for (const root of roots) {
    const html = files.read(joinPath(root, 'index.html')) ?? ''
    const source = /<script\b[^<>]*?\ssrc\s*=\s*["']([^"'<>]+\.[jt]sx?)["']/i.exec(html)?.[1]
    const file = source === undefined ? null : joinPath(root, source.replace(/^\//, ''))
    if (file !== null && files.isFile(file) && (given === null || isInside(file, given))) {
      return { file, line: 1 }
    }
  }
  const folders = roots.flatMap((root) => [joinPath(root, 'src'), root])
  const paths = folders
    .filter((folder) => given === null || isInside(folder, given))
    .flatMap((folder) => ENTRY_NAMES.map((name) => joinPath(folder, name)))
    .flatMap((stem) => ['.tsx', '.jsx', '.ts', '.js'].map((ending) => stem + ending))
  const file =
    paths.find((path) => files.isFile(path) && isStart(files.read(path) ?? '', path)) ?? null
  return file === null ? null : { file, line: 1 }
}

/** A server starts in a file of such a name as well, but it renders nothing into a page. */
function isStart(text: string, path: string): boolean {
  return /x$/.test(path) || /\breact-dom\b|\bcreateRoot\b/.test(text)
}

function htmlFolders(context: DetectionContext): string[] {
  const config = viteConfig(context)
  const text = config === null ? '' : (context.files.read(config) ?? '')
  const root = /\broot\s*:[^\n]{0,200}?["'`]([\w./-]{1,200})["'`]/.exec(text)?.[1]
  const base = config === null ? '' : folderOf(config)
  const fromConfig =
    config === null ? [] : [...(root === undefined ? [] : [joinPath(base, root)]), base]
  return [...new Set([...fromConfig, ...foldersOf(context)])]
}
