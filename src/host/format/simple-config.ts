/**
 * The part of YAML that settings are written in: keys with plain values at the first level.
 * Lists and nested blocks are passed over.
 */
export function readSimpleYaml(text: string): Record<string, unknown> {
  return readPairs(text, /^["']?([\w-]+)["']?\s*:\s*(.*)$/)
}

/** The part of TOML that settings are written in: keys above the first section. */
export function readSimpleToml(text: string): Record<string, unknown> {
  const top = text.split(/^\s*\[/m)[0] ?? ''
  return readPairs(top, /^["']?([\w-]+)["']?\s*=\s*(.*)$/)
}

function readPairs(text: string, pair: RegExp): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const line of text.split(/\r?\n/)) {
    const [, key, written] = pair.exec(line) ?? []
    if (key === undefined || written === undefined) continue
    const value = scalar(written)
    if (value !== null) Object.defineProperty(values, key, { value, enumerable: true })
  }
  return values
}

function scalar(written: string): string | number | boolean | null {
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(written)
  if (quoted) return quoted[2] ?? ''
  const plain = written.replace(/\s+#.*$/, '').trim()
  if (plain === '' || /^[[{&*|>]/.test(plain)) return null
  if (plain === 'true') return true
  if (plain === 'false') return false
  return /^-?\d+$/.test(plain) ? Number(plain) : plain
}
