import { setImmediate } from 'node:timers/promises'
import type { FormatProfile } from '../types.js'

export interface SourceText {
  path: string
  text: string
}

/** A folder, and how files below it are written. */
export interface FolderFormat {
  dir: string
  format: FormatProfile
}

/** Somebody who wants to know how far the formatting is, and may stop it between two texts. */
export interface FormatWatch {
  signal?: AbortSignal
  onFormatted?: (done: number, total: number) => void
}

/**
 * Formats texts under the host's rules. A kind of file that has none is left as it is; null stands
 * for a text that cannot be read as what its path says.
 */
export type Formatter = <Text extends SourceText>(
  texts: readonly Text[],
  watch?: FormatWatch,
) => Promise<Map<Text, string | null>>

/**
 * The host's formatting rules as a function. Prettier is loaded at the first call: the bundled
 * one, with the options that apply in the host, so that planning needs no installed packages.
 *
 * @param elsewhere folders whose files are written in another way
 */
export function formatterFor(
  format: FormatProfile,
  elsewhere: readonly FolderFormat[] = [],
): Formatter {
  const optionsFor = (path: string): FormatProfile['options'] =>
    (elsewhere.find(({ dir }) => path.startsWith(`${dir}/`))?.format ?? format).options
  return async (texts, watch) => {
    const formatted = new Map<(typeof texts)[number], string | null>()
    for (const source of texts) {
      watch?.signal?.throwIfAborted()
      formatted.set(source, await formatOne(source, optionsFor(source.path)))
      watch?.onFormatted?.(formatted.size, texts.length)
      // Prettier never waits for anything: without this no timer and no signal came through.
      await setImmediate()
    }
    return formatted
  }
}

async function formatOne(
  { path, text }: SourceText,
  options: FormatProfile['options'],
): Promise<string | null> {
  const parser = parserOf(path)
  if (parser === null) return text
  const { formatWith } = await import('./prettier.js')
  try {
    return await formatWith(text, { ...options, parser, filepath: path })
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
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
