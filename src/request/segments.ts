import type { MarkName, MarkPiece, Piece, Span } from './pieces.js'

/** What stands in brackets, as one piece of the item around it. */
export interface GroupPiece extends Span {
  kind: 'group'
  parts: Part[]
  closed: boolean
}

export type Part = Piece | GroupPiece

/** The pieces between two separators. */
export interface Segment extends Span {
  parts: Part[]
  before: MarkName | 'start'
  after: MarkName | 'end'
  line: number
  bullet: boolean
  indent: number
}

const SEPARATORS = new Set<MarkName>([',', ';', '.', '/', '|', '+', 'and', 'or', 'line', 'bullet'])

/** Cuts the phrases at separators outside brackets. Brackets inside brackets are flattened. */
export function cutSegments(pieces: Piece[], text: string): Segment[] {
  const segments: Segment[] = []
  let parts: Part[] = []
  let before: Segment['before'] = 'start'
  let line = 0
  let bullet = false
  let indent = indentAt(text, 0)
  const close = (after: Segment['after']): void => {
    const first = parts[0]
    const last = parts.at(-1)
    if (first && last) {
      segments.push({
        parts,
        before,
        after,
        line,
        bullet,
        indent,
        start: first.start,
        end: last.end,
      })
      parts = []
      before = after === 'end' ? before : after
    } else if (after !== 'end' && (before === 'start' || before === 'bullet' || after !== ',')) {
      before = after
    }
  }
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]
    if (!piece) break
    if (piece.kind !== 'mark') {
      parts.push(piece)
    } else if (piece.mark === '(' && isHeadingNoun(parts.at(-1))) {
      // '3 tiers (Free, Pro $29/mo)': the bracket holds the list itself.
      parts.push({ ...piece, mark: ':' })
    } else if (piece.mark === '(') {
      const group = readGroup(pieces, at)
      parts.push(group.piece)
      at = group.next - 1
    } else if (piece.mark === ')') {
      continue
    } else if (SEPARATORS.has(piece.mark)) {
      close(piece.mark)
      if (piece.mark === 'line') {
        line++
        bullet = false
        indent = indentAt(text, piece.end)
      }
      // A heading is above its bullets, not one of them.
      if (piece.mark === 'bullet') bullet = text[piece.start] !== '#'
    } else {
      parts.push(piece)
    }
  }
  close('end')
  return segments
}

function isHeadingNoun(part: Part | undefined): boolean {
  if (part?.kind === 'mark') return false
  if (part?.kind === 'word')
    return /^(?:tiers|plans|pricing|packages|subscriptions|prices)$/.test(part.token.lower)
  return part?.kind === 'count'
}

function readGroup(pieces: Piece[], at: number): { piece: GroupPiece; next: number } {
  const open = pieces[at]
  const parts: Part[] = []
  let depth = 0
  let next = at
  let end = open?.end ?? 0
  for (; next < pieces.length; next++) {
    const piece = pieces[next]
    if (!piece) break
    if (isMark(piece, '(')) depth++
    else if (isMark(piece, ')')) depth--
    else if (depth > 1 && isMark(piece, 'line')) break
    else parts.push(piece)
    end = piece.end
    if (depth === 0) break
  }
  const closed = depth === 0
  return {
    piece: { kind: 'group', parts, closed, start: open?.start ?? 0, end },
    next: next + 1,
  }
}

export function isMark(part: Part | undefined, mark: MarkName): part is MarkPiece {
  return part?.kind === 'mark' && part.mark === mark
}

/** Cuts the inside of brackets or a feature list at its commas and the like. */
export function cutParts(parts: Part[], at: ReadonlySet<MarkName>): Part[][] {
  const pieces: Part[][] = [[]]
  for (const part of parts) {
    if (part.kind === 'mark' && at.has(part.mark)) pieces.push([])
    else pieces.at(-1)?.push(part)
  }
  return pieces.filter((list) => list.length > 0)
}

function indentAt(text: string, at: number): number {
  let indent = 0
  while (text[at + indent] === ' ') indent++
  return indent
}
