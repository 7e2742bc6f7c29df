import type { Evidence, FormatProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { folderOf, joinPath } from '../host-files.js'
import { isRecord } from '../manifest.js'

type Options = FormatProfile['options']
type Settings = Record<string, unknown>

export interface BiomeConfig {
  evidence: Evidence
  options: Options
}

const NAMES = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc']

/** Biome's formatter, in Prettier's words; null where it does not format. */
export function biomeConfig(context: DetectionContext, file: string): BiomeConfig | null {
  const { files, sources } = context
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const path = files.firstFile(NAMES.map((name) => joinPath(folder, name)))
    if (path !== null) {
      const text = files.read(path) ?? ''
      const config: unknown = sources.ts.parseConfigFileTextToJson(path, text).config
      const options = isRecord(config) ? optionsOf(config) : null
      return options && { evidence: { file: path, line: 1 }, options }
    }
    if (folder === '') return null
  }
}

function optionsOf(config: Settings): Options | null {
  const general = section(config, 'formatter')
  const script = section(section(config, 'javascript'), 'formatter')
  if (general['enabled'] === false || script['enabled'] === false) return null
  const one = (key: string): unknown => script[key] ?? general[key]
  const ending = one('lineEnding')
  return {
    // What .editorconfig says of these counts where Biome is told to read it.
    ...(general['useEditorconfig'] === true && one('indentStyle') === undefined
      ? {}
      : { useTabs: one('indentStyle') !== 'space' }),
    ...number('tabWidth', one('indentWidth') ?? one('indentSize')),
    ...number('printWidth', one('lineWidth')),
    ...(ending === 'crlf' || ending === 'cr' || ending === 'lf' ? { endOfLine: ending } : {}),
    semi: script['semicolons'] !== 'asNeeded',
    singleQuote: script['quoteStyle'] === 'single',
    jsxSingleQuote: script['jsxQuoteStyle'] === 'single',
    trailingComma: text(script['trailingCommas'] ?? script['trailingComma'], 'all'),
    arrowParens: script['arrowParentheses'] === 'asNeeded' ? 'avoid' : 'always',
    bracketSpacing: one('bracketSpacing') !== false,
    bracketSameLine: one('bracketSameLine') === true,
  }
}

function section(config: Settings, name: string): Settings {
  const value = config[name]
  return isRecord(value) ? value : {}
}

function number(name: string, value: unknown): Options {
  return typeof value === 'number' ? { [name]: value } : {}
}

function text(value: unknown, usual: string): string {
  return typeof value === 'string' ? value : usual
}
