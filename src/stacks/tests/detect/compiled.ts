import { fitsGlob } from '../../../host/glob.js'
import { folderOf, isInside, joinPath } from '../../../host/host-files.js'
import { isRecord } from '../../../host/manifest.js'
import type { DetectionContext } from '../../../host/context.js'

interface Project {
  file: string
  include: string[] | null
  exclude: string[]
  files: string[] | null
  emits: boolean
  rootDir: string | null
}

const NEVER = ['node_modules', 'bower_components', 'jspm_packages']
/** How many files a tsconfig.json may extend, one after the other. */
const DEPTH = 5

/**
 * The tsconfig files whose build would compile what lies in a folder. A test that is built lies
 * beside the program, or moves it: the compiler takes the folder that all sources share for their
 * root.
 */
export function compiledBy(context: DetectionContext, folder: string): string[] {
  const file = joinPath(folder, 'integration/billing.test.ts')
  const builds = buildConfigs(context)
  const checks = context.path('tsconfig.json')
  return [...new Set([...builds, checks])]
    .flatMap((path) => projectAt(context, path) ?? [])
    .filter((project) => takesIn(project, file))
    .filter((project) => (project.emits && builds.includes(project.file)) || refuses(project, file))
    .map((project) => project.file)
}

/** Whatever lies outside `rootDir` is an error, also where nothing is written. */
function refuses({ rootDir }: Project, file: string): boolean {
  return rootDir !== null && !isInside(file, rootDir)
}

/** What the scripts of package.json have `tsc` build. */
function buildConfigs(context: DetectionContext): string[] {
  const configs = [...context.manifest.scripts.values()].flatMap((script) =>
    [...script.matchAll(/(?:^|[\s/"'])tsc(?=\s|$|["'])([^&|;"']*)/g)].flatMap(([, args = '']) => {
      if (/--noEmit\b/.test(args)) return []
      const named = /(?:^|\s)(?:-p|--project|-b|--build)\s+([^\s-]\S*)/.exec(args)?.[1]
      const path = context.path(named ?? 'tsconfig.json')
      return [context.files.isFolder(path) ? joinPath(path, 'tsconfig.json') : path]
    }),
  )
  return [...new Set(configs)].filter((path) => context.files.isFile(path))
}

function projectAt(context: DetectionContext, file: string, depth = 0): Project | null {
  const { files, sources } = context
  const text = files.read(file)
  if (text === null || depth === DEPTH) return null
  const config: unknown = sources.ts.parseConfigFileTextToJson(file, text).config
  if (!isRecord(config)) return null
  const folder = folderOf(file)
  const base = typeof config['extends'] === 'string' ? extended(folder, config['extends']) : null
  const inherited = base === null ? null : projectAt(context, base, depth + 1)
  const options = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {}
  const pathsOf = (key: string): string[] | null => {
    const value: unknown = config[key]
    if (!Array.isArray(value)) return null
    return value
      .filter((one): one is string => typeof one === 'string')
      .map((one) => joinPath(folder, one))
  }
  const outDir = typeof options['outDir'] === 'string' ? [joinPath(folder, options['outDir'])] : []
  const usual = [...NEVER.map((name) => joinPath(folder, name)), ...outDir]
  const rootDir = typeof options['rootDir'] === 'string' ? options['rootDir'] : null
  const noEmit = options['noEmit'] ?? (inherited ? !inherited.emits : false)
  return {
    file,
    include: pathsOf('include') ?? inherited?.include ?? null,
    exclude: pathsOf('exclude') ?? inherited?.exclude ?? usual,
    files: pathsOf('files') ?? inherited?.files ?? null,
    emits: noEmit !== true,
    rootDir: rootDir === null ? (inherited?.rootDir ?? null) : joinPath(folder, rootDir),
  }
}

function extended(folder: string, name: string): string | null {
  if (!name.startsWith('.')) return null
  return joinPath(folder, name.endsWith('.json') ? name : `${name}.json`)
}

function takesIn({ file, include, exclude, files }: Project, path: string): boolean {
  const fits = (pattern: string): boolean =>
    fitsGlob(path, pattern) || fitsGlob(path, `${pattern.replace(/\/$/, '')}/**`)
  if (exclude.some(fits)) return false
  if (include) return include.some(fits)
  return files === null && isInside(path, folderOf(file))
}
