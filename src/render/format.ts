import type { FormatProfile } from '../types.js'
import type { FormatJob, Formatted } from './format-share.js'

export interface SourceText {
  path: string
  text: string
}

/**
 * Formats texts under the host's rules. A kind of file that has none is left as it is; null stands
 * for a text that cannot be read as what its path says.
 */
export type Formatter = <Text extends SourceText>(
  texts: readonly Text[],
) => Promise<Map<Text, string | null>>

/**
 * The host's formatting rules as a function. Prettier is loaded at the first call: the bundled
 * one, with the options that apply in the host, so that planning needs no installed packages.
 */
export function formatterFor(format: FormatProfile): Formatter {
  return async (texts) => {
    const jobs = texts.flatMap(({ path, text }, index): FormatJob[] => {
      const parser = parserOf(path)
      return parser === null
        ? []
        : [{ index, text, options: { ...format.options, parser, filepath: path } }]
    })
    const formatted = new Map(await formatAll(jobs))
    return new Map(
      texts.map((text, index) => {
        const result = formatted.get(index)
        return [text, result === undefined ? text.text : result]
      }),
    )
  }
}

async function formatAll(jobs: FormatJob[]): Promise<Formatted[]> {
  if (jobs.length === 0) return []
  const { formatTogether } = await import('./format-together.js')
  return formatTogether(jobs)
}

/** Babel reads TypeScript in half the time of the TypeScript parser, to the same output. */
function parserOf(path: string): string | null {
  const extension = path.slice(path.lastIndexOf('.') + 1)
  const parsers: Record<string, string> = {
    ts: 'babel-ts',
    tsx: 'babel-ts',
    mts: 'babel-ts',
    js: 'babel',
    jsx: 'babel',
    mjs: 'babel',
    css: 'css',
    md: 'markdown',
    json: 'json',
  }
  return parsers[extension] ?? null
}
