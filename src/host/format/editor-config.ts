import type { FormatProfile } from '../../types.js'
import { folderOf, joinPath, type HostFiles } from '../host-files.js'

type Options = FormatProfile['options']

/**
 * What Prettier takes from the .editorconfig files above a source file, under its own names; the
 * nearest counts most.
 */
export function editorConfigOptions(files: HostFiles, file: string): Options {
  const texts: string[] = []
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const text = files.read(joinPath(folder, '.editorconfig'))
    if (text !== null) texts.unshift(text)
    if (folder === '' || /^\s*root\s*=\s*true/im.test(text ?? '')) break
  }
  const values = new Map(texts.flatMap((text) => [...valuesFor(text, file)]))
  return {
    ...indentation(values),
    ...lineWidth(values.get('max_line_length')),
    ...lineEnding(values.get('end_of_line')),
  }
}

function valuesFor(text: string, file: string): Map<string, string> {
  const values = new Map<string, string>()
  let applies = false
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1]
    if (section !== undefined) applies = covers(section, file)
    const [, key, value] = /^\s*([\w-]+)\s*=\s*([^#;]*)/.exec(line) ?? []
    if (applies && key && value !== undefined) values.set(key.toLowerCase(), value.trim())
  }
  return values
}

/** `*`, `*.ts`, `*.{js,ts}`, `**.ts`, `{*.ts,*.tsx}`, `src/**.ts` */
function covers(section: string, file: string): boolean {
  const ending = file.slice(file.lastIndexOf('.') + 1)
  return /^\*{1,2}(\.\*)?$/.test(section) || new RegExp(`[.{,]${ending}\\b`).test(section)
}

function indentation(values: Map<string, string>): Options {
  const style = values.get('indent_style')
  const size = Number(values.get('indent_size') ?? values.get('tab_width'))
  const width = values.get('indent_size') === 'tab' ? Number(values.get('tab_width')) : size
  return {
    ...(style === undefined ? {} : { useTabs: style === 'tab' }),
    ...(Number.isInteger(width) && width > 0 ? { tabWidth: width } : {}),
  }
}

function lineWidth(value: string | undefined): Options {
  if (value === 'off') return { printWidth: 1000 }
  const width = Number(value)
  return Number.isInteger(width) && width > 0 ? { printWidth: width } : {}
}

function lineEnding(value: string | undefined): Options {
  return value === 'lf' || value === 'crlf' || value === 'cr' ? { endOfLine: value } : {}
}
