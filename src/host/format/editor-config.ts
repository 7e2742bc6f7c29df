import type { FormatProfile } from '../../types.js'

type Options = FormatProfile['options']

/** What Prettier takes from an .editorconfig for TypeScript files, under its own names. */
export function editorConfigOptions(text: string): Options {
  const values = new Map<string, string>()
  let applies = false
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1]
    if (section !== undefined) applies = coversTypeScript(section)
    const [, key, value] = /^\s*([\w-]+)\s*=\s*([^#;]*)/.exec(line) ?? []
    if (applies && key && value !== undefined) values.set(key.toLowerCase(), value.trim())
  }
  return {
    ...indentation(values),
    ...lineWidth(values.get('max_line_length')),
    ...lineEnding(values.get('end_of_line')),
  }
}

/** `*`, `*.ts`, `*.{js,ts}`, `**.ts`, `{*.ts,*.tsx}` */
function coversTypeScript(section: string): boolean {
  return /^\*{1,2}(\.\*)?$/.test(section) || /[.{,]ts\b/.test(section)
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
