/**
 * The part of YAML that settings are written in: keys with plain values at the first level.
 * Lists and nested blocks are passed over.
 */
export function readSimpleYaml(text: string): Record<string, unknown> {
  return readPairs(linesOf(text), /^["']?([\w-]+)["']?\s*:\s*(.*)$/s)
}

/** The part of TOML that settings are written in: keys above the first section. */
export function readSimpleToml(text: string): Record<string, unknown> {
  const lines = linesOf(text)
  const section = lines.findIndex((line) => line.trimStart().startsWith('['))
  const top = section === -1 ? lines : lines.slice(0, section)
  return readPairs(top, /^["']?([\w-]+)["']?\s*=\s*(.*)$/s)
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/)
}

function readPairs(lines: string[], pair: RegExp): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const line of lines) {
    const [, key, written] = pair.exec(line) ?? []
    if (key === undefined || written === undefined) continue
    const value = scalar(written)
    if (value !== null) Object.defineProperty(values, key, { value, enumerable: true })
  }
  return values
}

function scalar(written: string): string | number | boolean | null {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/s.exec(written)
  if (quoted) return quoted[2] ?? ''
  const plain = written.replace(/(?<!\s)\s+#.*$/s, '').trim()
  if (plain === '' || /^[[{&*|>]/.test(plain)) return null
  if (plain === 'true') return true
  if (plain === 'false') return false
  return /^-?\d+$/.test(plain) ? Number(plain) : plain
}
