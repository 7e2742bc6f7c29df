/**
 * Whether a path fits a pattern as test runners and compilers write them: `*`, `**`, `?`,
 * `{a,b}`, `[ab]` and the forms `?(x)`, `+(x|y)`, `@(x|y)`, `*(x)`. A form that is not known fits
 * nothing.
 */
export function fitsGlob(path: string, pattern: string): boolean {
  return globExpression(pattern)?.test(path) ?? false
}

const LITERAL = /[\\^$.|+()[\]{}]/g
/** A longer pattern is nobody's, and could take long to compare. */
const LONGEST = 300

function globExpression(pattern: string): RegExp | null {
  if (pattern.length > LONGEST) return null
  const plain = pattern.replace(/^\.\//, '')
  let source = ''
  const open: string[] = []
  for (let at = 0; at < plain.length; at++) {
    const rest = plain.slice(at)
    const char = plain[at] ?? ''
    const group = /^[?+*@]\(/.exec(rest)
    const set = /^\[!?[^\]/]+\]/.exec(rest)?.[0]
    if (group) {
      source += '(?:'
      open.push(`)${char === '@' ? '' : char}`)
      at += 1
    } else if (/^\*\*\//.test(rest)) {
      source += '(?:[^/]+/)*'
      at += 2
    } else if (rest === '**') {
      source += '.*'
      at += 1
    } else if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (set !== undefined) {
      source += set.replace(/^\[!/, '[^')
      at += set.length - 1
    } else if (char === '{' || char === '(') {
      source += '(?:'
      open.push(')')
    } else if ((char === '}' || char === ')') && open.length > 0) source += open.pop() ?? ''
    else if ((char === ',' || char === '|') && open.length > 0) source += '|'
    else source += char.replace(LITERAL, '\\$&')
  }
  try {
    return open.length > 0 ? null : new RegExp(`^${source}$`)
  } catch {
    return null
  }
}
