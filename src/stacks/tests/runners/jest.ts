import type { DetectionContext } from '../../../host/context.js'
import type { OldJest } from '../../../types.js'
import { fitsGlob } from '../../../host/glob.js'
import { isInside } from '../../../host/host-files.js'
import { packageVersion } from '../../../host/package-version.js'
import { namesIn, numberIn, type HostRunner } from './runner.js'

const CONFIGS = ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'json'].map(
  (ending) => `jest.config.${ending}`,
)
const USUAL = ['**/__tests__/**/*.[jt]s?(x)', '**/?(*.)+(spec|test).[jt]s?(x)']

/** Jest, also by way of Create React App. */
export const jest: HostRunner = {
  name: 'jest',
  title: 'Jest',
  inScript: /\bjest\b|\breact-scripts test\b/,
  package: 'jest',
  collects(context, path) {
    const config = configOf(context)
    const roots = stringsOf(config, 'roots').map(belowRoot)
    if (roots.length > 0 && !roots.some((root) => isInside(path, root))) return false
    const expressions = stringsOf(config, 'testRegex')
    if (expressions.length > 0) return expressions.some((one) => fitsExpression(`/${path}`, one))
    const patterns = stringsOf(config, 'testMatch')
    return (patterns.length > 0 ? patterns : USUAL).some((one) => fitsGlob(path, belowRoot(one)))
  },
  ignores: (folder) => `"testPathIgnorePatterns": ["/node_modules/", "/${folder}/"]`,
  read: (output) => ({
    passed: numberIn(output, /^Tests:.*?(\d+) passed/gm),
    failures: namesIn(output, /^ *● (.*)$/gm),
  }),
}

/** Since when it reads what a package exports under which path. */
const READS_EXPORTS = 28

/** A Jest that is too old for that; null for another one. */
export function oldJest(context: DetectionContext): OldJest | null {
  const { files, manifest } = context
  const { major } = packageVersion(context, 'jest', READS_EXPORTS)
  if (major >= READS_EXPORTS) return null
  const file = files.firstFile(CONFIGS.map((name) => context.path(name)))
  const isInManifest = manifest.json['jest'] !== undefined || file === null
  return { major, settings: isInManifest ? manifest.path : file }
}

/** Text of the settings: a file of their own, or what package.json has. */
function configOf(context: DetectionContext): string {
  const { files, manifest } = context
  const inManifest = manifest.json['jest']
  if (inManifest !== undefined) return JSON.stringify(inManifest)
  const file = files.firstFile(CONFIGS.map((name) => context.path(name)))
  return file === null ? '' : (files.read(file) ?? '')
}

/** The texts that a setting is given, in one or in a list. */
function stringsOf(config: string, setting: string): string[] {
  const start = new RegExp(`["']?\\b${setting}["']?\\s*:\\s*`).exec(config)
  if (!start) return []
  const value = config.slice(start.index + start[0].length)
  const list = /^\[([^]*?)\](?=\s*[,}\n])/.exec(value)?.[1] ?? /^[^\n]*/.exec(value)?.[0] ?? ''
  return [...list.matchAll(/(["'`])((?:\\.|(?!\1).)*)\1/g)].map((match) =>
    (match[2] ?? '').replace(/\\\\/g, '\\'),
  )
}

function belowRoot(pattern: string): string {
  return pattern.replace(/^<rootDir>\/?|^\.\//, '')
}

function fitsExpression(path: string, expression: string): boolean {
  try {
    return new RegExp(expression).test(path)
  } catch {
    return false
  }
}
