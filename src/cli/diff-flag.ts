import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { isQuotedRequest } from './command-words.js'
import { isSlashCommand } from './slash-command.js'

/**
 * Settles what `--diff` takes with it, before the flags are parsed: the word behind it is its path
 * when it has no blank and looks like a path (there is such a file, or it has a `/` or a file's
 * ending and no price in it), or when the request stands elsewhere in quotes. Otherwise it belongs
 * to the request, as in `plan --diff 'Pro $29/mo'`. `--diff=PATH` is always a path; '' is all.
 */
export function settleDiffFlag(args: string[], cwd: string): string[] {
  const settled: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--') return [...settled, ...args.slice(index)]
    if (arg !== '--diff') {
      settled.push(arg)
      continue
    }
    const next = args[index + 1]
    const others = args.filter((_, at) => at !== index + 1)
    if (next !== undefined && isPath(next, others, cwd)) {
      settled.push(`--diff=${next}`)
      index += 1
    } else {
      settled.push('--diff=')
    }
  }
  return settled
}

const COMMANDS_OR_FLAG = /^-|^(?:plan|undo|schema|help|inspect)$/

function isPath(word: string, others: string[], cwd: string): boolean {
  if (COMMANDS_OR_FLAG.test(word) || isSlashCommand(word) || /[\s\p{Sc}]/u.test(word)) return false
  if (/^\d[\d.,]*(?:\/|[A-Z]{3}|$)/i.test(word)) return false
  const looksLikeOne = /\/|\w\.[a-z]\w*$/i.test(word) && !/^[A-Z]{3}\/[a-z]+$/.test(word)
  const requestStands = others.some(isQuotedRequest) || others.includes('--spec')
  return looksLikeOne || requestStands || existsSync(resolve(cwd, word))
}
