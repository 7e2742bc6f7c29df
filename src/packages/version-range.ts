/** How an entry of package.json stands to the version that is needed. */
export type RangeFit =
  /** It gives the needed version or a later compatible one, or cannot be judged and is theirs. */
  | 'satisfied'
  /** It allows the needed version, but also older ones. */
  | 'raise'
  | 'conflict'

type Version = [number, number, number]

interface SimpleRange {
  operator: '^' | '~' | ''
  version: Version
}

/**
 * Judges an existing range against the needed one (`^1.2.3`). Ranges other than `^`, `~` and
 * exact versions (tags, workspaces, files, Git, comparisons) are the host's own affair.
 */
export function rangeFit(existing: string, needed: string): RangeFit {
  const has = parseRange(existing)
  const needs = parseRange(needed)
  if (has === null || needs === null || existing === needed) return 'satisfied'
  if (line(has.version) !== line(needs.version)) return 'conflict'
  if (compare(has.version, needs.version) >= 0) return 'satisfied'
  return upperBoundAbove(has, needs.version) ? 'raise' : 'conflict'
}

function parseRange(range: string): SimpleRange | null {
  const match = /^([~^]?)\s*v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(?:[-+][\w.+-]*)?$/i.exec(
    range.trim(),
  )
  if (match === null) return null
  const [, operator = '', major, minor, patch] = match
  const parts = [major, minor, patch].map((part) => Number(part))
  const open = parts.slice(1).some(Number.isNaN)
  const version: Version = [parts[0] ?? 0, parts[1] || 0, parts[2] || 0]
  // "1" and "1.x" mean ^1.0.0, "1.2" means ~1.2.0.
  const partial = Number.isNaN(parts[1]) ? '^' : '~'
  return { operator: open && operator === '' ? partial : (operator as '^' | '~' | ''), version }
}

/** Versions of one line are compatible: what `^` allows. */
function line([major, minor, patch]: Version): string {
  if (major > 0) return `${major}`
  return minor > 0 ? `0.${minor}` : `0.0.${patch}`
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function upperBoundAbove({ operator, version }: SimpleRange, needed: Version): boolean {
  if (operator === '^') return true
  return operator === '~' && version[0] === needed[0] && version[1] === needed[1]
}
