import { shortestEdit, type Edit } from './shortest-edit.js'

/** Unchanged lines shown around a change. */
const CONTEXT = 3

/**
 * Unified diff of one file, as git prints it and `git apply` takes it; '' when nothing differs.
 * `before` is null for a file that is created. Line endings are shown as they are.
 */
export function unifiedDiff(path: string, before: string | null, after: string): string {
  if (before === after) return ''
  const [oldName, newName] = [quotedName(`a/${path}`), quotedName(`b/${path}`)]
  const names = `diff --git ${oldName} ${newName}`
  const header = before === null ? [names, 'new file mode 100644'] : [names]
  if (before === null && after === '') return header.join('\n') + '\n'
  const sides = [before === null ? '--- /dev/null' : `--- ${oldName}`, `+++ ${newName}`]
  const edits = shortestEdit(splitLines(before ?? ''), splitLines(after))
  const body = hunks(edits).map(printHunk).join('')
  return [...header, ...sides].join('\n') + '\n' + body
}

/** A name as git writes it: in quotes, with escapes, when it has characters that end a name. */
function quotedName(name: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones to be found
  const special = /["\\\u0000-\u001f\u007f]/g
  if (!special.test(name)) return name
  const escaped = name.replace(special, (char) => {
    return /["\\]/.test(char) ? `\\${char}` : `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`
  })
  return `"${escaped}"`
}

/** Lines with their line breaks, so that a missing last one shows as a difference. */
function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

interface Hunk {
  /** 0-based lines of both sides at which the hunk begins. */
  oldStart: number
  newStart: number
  edits: Edit[]
}

function hunks(edits: Edit[]): Hunk[] {
  const found: Hunk[] = []
  let [oldLine, newLine, lastChange] = [0, 0, -Infinity]
  edits.forEach((edit, index) => {
    if (edit.kind !== ' ') {
      const previous = found.at(-1)
      if (previous !== undefined && index - lastChange <= 2 * CONTEXT + 1) {
        previous.edits.push(...edits.slice(lastChange + 1, index + 1))
      } else {
        if (previous !== undefined) previous.edits.push(...trailing(edits, lastChange))
        const lead = leading(edits, index, lastChange)
        const [oldStart, newStart] = [oldLine - lead.length, newLine - lead.length]
        found.push({ oldStart, newStart, edits: [...lead, edit] })
      }
      lastChange = index
    }
    if (edit.kind !== '+') oldLine += 1
    if (edit.kind !== '-') newLine += 1
  })
  found.at(-1)?.edits.push(...trailing(edits, lastChange))
  return found
}

function leading(edits: Edit[], index: number, lastChange: number): Edit[] {
  return edits.slice(Math.max(0, lastChange + 1, index - CONTEXT), index)
}

function trailing(edits: Edit[], lastChange: number): Edit[] {
  return edits.slice(lastChange + 1, lastChange + 1 + CONTEXT)
}

function printHunk({ oldStart, newStart, edits }: Hunk): string {
  const count = (kind: Edit['kind']) => edits.filter((edit) => edit.kind !== kind).length
  const range = (start: number, length: number) => {
    const first = length === 0 ? start : start + 1
    return length === 1 ? String(first) : `${first},${length}`
  }
  const head = `@@ -${range(oldStart, count('+'))} +${range(newStart, count('-'))} @@\n`
  return head + edits.map(printLine).join('')
}

function printLine({ kind, line }: Edit): string {
  return line.endsWith('\n') ? kind + line : `${kind}${line}\n\\ No newline at end of file\n`
}
