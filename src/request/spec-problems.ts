import type { z } from 'zod'

/** As many problems as are read at once. */
const MOST = 10

/** What is wrong, field by field: 'tiers[0].prices[1].amount: must be a whole number …'. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], value: unknown): string[] {
  const byPath = new Map<string, string>()
  for (const issue of issues) {
    const path = pathText(issue.path) || 'the file'
    // The first says it; what follows from it would only repeat it.
    if (!byPath.has(path)) byPath.set(path, `${path}: ${problemText(issue, value)}`)
  }
  const problems = [...byPath.values()]
  const rest = problems.length - MOST
  return rest > 0 ? [...problems.slice(0, MOST), `and ${rest} more`] : problems
}

function problemText(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      const found = valueAt(value, issue.path)
      if (found === undefined) return `is missing: ${NOUNS[issue.expected] ?? issue.expected}`
      if (!issue.message.startsWith('Invalid')) return issue.message
      return `must be ${NOUNS[issue.expected] ?? issue.expected}, and is ${typeText(found)}`
    }
    case 'too_small':
    case 'too_big':
      return sizeText(issue)
    case 'invalid_value':
      return issue.message.startsWith('Invalid')
        ? `must be one of ${issue.values.map(String).join(', ')}`
        : issue.message
    case 'unrecognized_keys':
      return `has no field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}; leave it out, or correct its name`
    default:
      return issue.message
  }
}

function sizeText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  if (!issue.message.startsWith('Too')) return issue.message
  const small = issue.code === 'too_small'
  const bound = small ? issue.minimum : issue.maximum
  if (small && issue.inclusive === false) return `must be above ${bound}`
  const least = small ? 'at least' : 'at most'
  if (issue.origin === 'string') return `must have ${least} ${bound} characters`
  if (issue.origin === 'array') return `must have ${least} ${bound} entries`
  return `must be ${least} ${bound}`
}

const NOUNS: Record<string, string> = {
  int: 'a whole number', number: 'a number', string: 'text in quotes', boolean: 'true or false',
  array: 'a list', object: 'a mapping of fields',
} // prettier-ignore

function typeText(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'a mapping' : JSON.stringify(value)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<PropertyKey, unknown>)[key]
  }
  return found
}

// As a JavaScript expression would reach it.
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}
