import type { Evidence, TestsProfile } from '../../../types.js'
import type { DetectionContext } from '../../../host/context.js'
import { isInside, joinPath } from '../../../host/host-files.js'
import { isOwnTest } from '../../../host/own-files.js'
import { lineCounter } from '../../../host/text.js'

const TEST_FILE = /\.(test|spec)\.[cm]?[jt]sx?$/
const CONFIGS = ['vitest.config', 'vite.config'].flatMap((name) =>
  ['ts', 'mts', 'js', 'mjs'].map((ending) => `${name}.${ending}`),
)

/** Where a test for the server is found by the runner, beside the host's own where it has some. */
export function testsFolder(context: DetectionContext, serverDir: string): TestsProfile['dir'] {
  const { files } = context
  const bases = [...new Set([context.dir, serverDir, context.path('src'), context.path('server')])]
  const folders = bases.flatMap((base) =>
    ['tests', 'test', '__tests__'].map((name) => joinPath(base, name)),
  )
  const included = includedFolders(context)
  const isIncluded = (folder: string) =>
    included.length === 0 || included.some(({ base }) => isInside(folder, base))
  // Where there are no tests yet, what they are to share may be there.
  const present =
    folders.find((folder) => isIncluded(folder) && hasFiles(context, folder, isHostTest)) ??
    folders.find((folder) => isIncluded(folder) && hasFiles(context, folder, isHostSource))
  if (present !== undefined) {
    const sources = files.sourcesIn(present).filter(isHostSource)
    const first = sources.find(isHostTest) ?? sources[0]
    const evidence = first === undefined ? [] : [{ file: joinPath(present, first), line: 1 }]
    return { value: present, source: 'detected', evidence }
  }
  const [include] = included
  if (include) {
    // `tests/**` names the folder itself; `src/**` a folder to have one in.
    const isTests = /(^|\/)(tests?|__tests__)$/.test(include.base)
    const value = isTests ? include.base : joinPath(include.base, 'tests')
    return { value, source: 'detected', evidence: [include.evidence] }
  }
  return { value: context.path('tests'), source: 'assumed', evidence: [] }
}

/** Files of the host's own: those that this tool makes lie in folders below. */
function hasFiles(
  { files }: DetectionContext,
  folder: string,
  counts: (path: string) => boolean,
): boolean {
  return ['', ...files.foldersIn(folder)].some((below) =>
    files.sourcesIn(joinPath(folder, below)).some((name) => counts(joinPath(below, name))),
  )
}

/** The fixed beginnings of the patterns that Vitest is told to take tests from. */
function includedFolders(context: DetectionContext): { base: string; evidence: Evidence }[] {
  const { files } = context
  const config = files.firstFile(CONFIGS.map((name) => context.path(name)))
  const text = config === null ? '' : (files.read(config) ?? '')
  const list = includeList(text)
  if (config === null || !list) return []
  const line = lineCounter(text)(list.end)
  const patterns = [...list.text.matchAll(/["'`]([^"'`]+)["'`]/g)].map((match) => match[1] ?? '')
  return patterns.flatMap((pattern) => {
    const fixed = pattern.replace(/^\.\//, '').split('/')
    const end = fixed.findIndex((part) => /[*{?[(]/.test(part))
    const base = joinPath(fixed.slice(0, end === -1 ? -1 : end).join('/'))
    const isBelow = base !== '' && !base.includes('..')
    return isBelow ? [{ base: context.path(base), evidence: { file: config, line } }] : []
  })
}

/** What stands in the brackets of `include` within `test`, and where it ends. */
function includeList(text: string): { text: string; end: number } | null {
  const settings = /\btest\s*:\s*\{/.exec(text)
  if (!settings) return null
  // Step by step: in one pattern each further `test: {` would search the rest of the file again.
  const include = /\binclude\s*:\s*\[/g
  include.lastIndex = settings.index + settings[0].length
  if (!include.test(text)) return null
  const start = include.lastIndex
  const end = text.indexOf(']', start)
  return end === -1 ? null : { text: text.slice(start, end), end }
}

/** @param path below the folder of the tests */
function isHostTest(path: string): boolean {
  return TEST_FILE.test(path) && isHostSource(path)
}

function isHostSource(path: string): boolean {
  return !isOwnTest(path)
}
