import { shortestEdit, type Edit } from '../../tree/shortest-edit.js'

/**
 * Whether a text differs from the host's only where the edits of the run do: it takes no other line
 * of the host away, and adds nothing but what they added, wherever that stands now. A file that was
 * not in the style of its host before does not come out of its tools like that.
 *
 * @param original what the host had
 * @param edited what the run made of it
 * @param styled what the host's tools made of that
 */
export function movesOnlyOurs(original: string, edited: string, styled: string): boolean {
  const lines = linesOf(original)
  const byUs = shortestEdit(lines, linesOf(edited))
  const byBoth = shortestEdit(lines, linesOf(styled))
  const taken = takenAway(byUs)
  if (![...takenAway(byBoth)].every((index) => taken.has(index))) return false
  return insertions(byBoth).every((inserted) => inserted.some((line) => line.trim() !== ''))
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/)
}

/** Which lines are gone, by their place in the host's text. */
function takenAway(edits: Edit[]): Set<number> {
  const gone = new Set<number>()
  let at = 0
  for (const { kind } of edits) {
    if (kind === '-') gone.add(at)
    if (kind !== '+') at++
  }
  return gone
}

/** What is added, in one piece for each place. */
function insertions(edits: Edit[]): string[][] {
  const found: string[][] = []
  let open: string[] | null = null
  for (const { kind, line } of edits) {
    if (kind === '+') {
      if (open === null) found.push((open = []))
      open.push(line)
    } else if (kind === ' ') open = null
  }
  return found
}
