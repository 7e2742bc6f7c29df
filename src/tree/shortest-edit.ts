/** One line of the way from one text to the other: kept, removed or added. */
export interface Edit {
  kind: ' ' | '-' | '+'
  line: string
}

/** More differences than this are shown as one replacement: nobody reads them line by line. */
const LIMIT = 3_000

/**
 * The shortest list of edits between two lists of lines: E. Myers, "An O(ND) Difference Algorithm
 * and Its Variations" (1986), over what is left when equal ends are cut off.
 */
export function shortestEdit(before: string[], after: string[]): Edit[] {
  const start = commonStart(before, after)
  const end = commonEnd(before, after, start)
  const middle = editMiddle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  )
  return [
    ...before.slice(0, start).map(keep),
    ...middle,
    ...before.slice(before.length - end).map(keep),
  ]
}

function commonStart(before: string[], after: string[]): number {
  const limit = Math.min(before.length, after.length)
  let length = 0
  while (length < limit && before[length] === after[length]) length += 1
  return length
}

function commonEnd(before: string[], after: string[], start: number): number {
  const limit = Math.min(before.length, after.length) - start
  let length = 0
  while (length < limit && before.at(-1 - length) === after.at(-1 - length)) length += 1
  return length
}

function editMiddle(before: string[], after: string[]): Edit[] {
  const trace = furthestReaches(before, after)
  return trace === null
    ? [...before.map(remove), ...after.map(add)]
    : walkBack(before, after, trace)
}

/**
 * For every number of differences d the furthest position in `before` on each diagonal
 * (-d…d, at index k + d); null beyond the limit.
 */
function furthestReaches(before: string[], after: string[]): Int32Array[] | null {
  const trace: Int32Array[] = []
  for (let d = 0; d <= Math.min(LIMIT, before.length + after.length); d += 1) {
    const reach = new Int32Array(2 * d + 1)
    trace.push(reach)
    for (let k = -d; k <= d; k += 2) {
      let x = enter(trace, d, k).x
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x += 1
      reach[k + d] = x
      if (x >= before.length && x - k >= after.length) return trace
    }
  }
  return null
}

/** Where diagonal k is entered with the d-th difference, and from which diagonal. */
function enter(trace: Int32Array[], d: number, k: number): { x: number; from: number } {
  if (d === 0) return { x: 0, from: 0 }
  const at = (diagonal: number) => trace[d - 1]?.[diagonal + d - 1] ?? -1
  const down = k === -d || (k !== d && at(k - 1) < at(k + 1))
  return down ? { x: at(k + 1), from: k + 1 } : { x: at(k - 1) + 1, from: k - 1 }
}

function walkBack(before: string[], after: string[], trace: Int32Array[]): Edit[] {
  const edits: Edit[] = []
  let [x, k] = [before.length, before.length - after.length]
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const { x: entered, from } = enter(trace, d, k)
    for (; x > entered; x -= 1) edits.push(keep(before[x - 1] ?? ''))
    if (d === 0) break
    const down = from === k + 1
    edits.push(down ? add(after[x - k - 1] ?? '') : remove(before[x - 1] ?? ''))
    x = down ? x : x - 1
    k = from
  }
  return edits.reverse()
}

const keep = (line: string): Edit => ({ kind: ' ', line })
const remove = (line: string): Edit => ({ kind: '-', line })
const add = (line: string): Edit => ({ kind: '+', line })
