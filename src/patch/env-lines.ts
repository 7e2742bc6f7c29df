import type { EditResult } from './edit-result.js'
import { readNewline } from './source-style.js'

export interface EnvLine {
  name: string
  value: string
  /** Says what the variable is for; shown above it. */
  comment: string
}

/**
 * Appends variables to an environment file as one block under a heading. A variable that is there
 * already, also commented out, keeps its line. With `text` null the block is the whole file.
 */
export function addEnvLines(
  text: string | null,
  lines: EnvLine[],
  options: { heading: string } = { heading: 'Billing (Polar)' },
): EditResult {
  const present = text ?? ''
  const names = new Set<string>()
  const missing = lines.filter(({ name }) => {
    const wanted = !names.has(name) && !isAssigned(present, name)
    names.add(name)
    return wanted
  })
  if (missing.length === 0) return { status: 'unchanged' }
  const newline = readNewline(present)
  const heading = comment(options.heading)
  const block = missing.flatMap((line) => [
    ...comment(line.comment),
    `${line.name}=${envValue(line.value)}`,
  ])
  const open = headingBlockEnd(present, heading)
  if (open !== null) {
    const content =
      present.slice(0, open) + block.map((l) => newline + l).join('') + present.slice(open)
    return { status: 'changed', content, anchor: 'below-heading' }
  }
  const body = [...heading, ...block].join(newline)
  return { status: 'changed', content: append(present, body, newline), anchor: 'end-of-file' }
}

function append(text: string, block: string, newline: string): string {
  if (text.trim() === '' || text === '\uFEFF') return text + block + newline
  if (!text.endsWith('\n')) return text + newline + newline + block
  const separator = /\n[ \t]*\r?\n$/.test(text) ? '' : newline
  return text + separator + block + newline
}

function isAssigned(text: string, name: string): boolean {
  return new RegExp(`^\\uFEFF?[ \\t]*(?:#[ \\t]*)?(?:export[ \\t]+)?${name}[ \\t]*=`, 'm').test(
    text,
  )
}

/** Where the block below our heading ends, before its last line ending; null without the heading. */
function headingBlockEnd(text: string, heading: string[]): number | null {
  const rows = text.split('\n')
  const plain = rows.map((row) => row.replace(/^\uFEFF/, '').trimEnd())
  const first = plain.findIndex((_, at) =>
    heading.every((line, offset) => plain[at + offset] === line),
  )
  if (first === -1) return null
  let last = first
  while (last + 1 < plain.length && plain[last + 1] !== '') last++
  const end = rows.slice(0, last + 1).join('\n').length
  return text[end - 1] === '\r' ? end - 1 : end
}

function comment(text: string): string[] {
  return text === '' ? [] : text.split(/\r?\n/).map((line) => `# ${line}`.trimEnd())
}

/** The value as dotenv reads it back. */
function envValue(value: string): string {
  if (/^[^\s#"'`\\$]*$/.test(value)) return value
  if (!/["\\$\n\r]/.test(value)) return `"${value}"`
  if (!/['\n\r]/.test(value)) return `'${value}'`
  if (!value.includes('`')) return `\`${value}\``
  return `"${value.replace(/\r?\n/g, '\\n').replaceAll('"', '\\"')}"`
}
