import type { FormatProfile } from '../types.js'

/** Formats one file's text under the host's rules. Gives the text back when the kind has none. */
export type Formatter = (path: string, text: string) => Promise<string>

/**
 * The host's formatting rules as a function. Prettier is loaded at the first call: the bundled
 * one, with the options that apply in the host, so that planning needs no installed packages.
 */
export function formatterFor(format: FormatProfile): Formatter {
  return async (path, text) => {
    const parser = parserOf(path)
    if (parser === null) return text
    const { formatWith } = await import('./prettier.js')
    return formatWith(text, { ...format.options, parser, filepath: path })
  }
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
