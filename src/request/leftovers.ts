import type { Collected } from './entries.js'
import type { Findings } from './findings.js'
import { checkPercent, yearlyReason } from './percentages.js'
import type { Piece } from './pieces.js'
import { LATER_PRICE, SPOKEN_AMOUNT } from './reasons.js'

/** Every amount and every length of time in the request must have ended up somewhere. */
export function checkLeftovers(collected: Collected, pieces: Piece[], findings: Findings): void {
  const used = new Set<object>()
  for (const entry of collected.entries) {
    for (const { piece } of entry.prices) {
      used.add(piece.money)
      if (piece.doubt) findings.doubt(piece.start, piece.end, piece.doubt)
    }
    for (const usage of entry.usages) used.add(usage.money)
  }
  for (const { piece } of collected.usages) used.add(piece.money)
  const quoted = (piece: Piece): boolean =>
    findings.unclear.length > 0 &&
    collected.doubts.some(({ start, end }) => start <= piece.start && piece.end <= end)
  pieces.forEach((piece, at) => {
    if (piece.kind === 'percent') {
      checkPercent(piece, pieces, at, collected, findings)
    }
    if (piece.kind === 'discount' && piece.code === null)
      piece.doubt ??= yearlyReason(piece, pieces, at, collected)
    if (piece.kind === 'price' || piece.kind === 'usage') {
      if (piece.doubt) findings.doubt(piece.start, piece.end, piece.doubt)
      else if (!used.has(piece.money) && !quoted(piece)) {
        findings.doubt(
          piece.start,
          piece.end,
          'an amount, and it is not clear what it is the price of; write a name before it',
        )
      }
    } else if (piece.kind === 'duration' && !quoted(piece)) {
      findings.doubt(
        piece.start,
        piece.end,
        'a length of time, and it is not clear what it applies to; write what it is for, like 14-day trial or /6 months',
      )
    } else if (piece.kind === 'word') {
      checkWord(piece.token, pieces, at, findings)
      checkSpokenMoney(pieces, at, findings)
      checkTax(pieces, at, findings)
      checkFirst(pieces, at, findings)
    } else if (piece.kind === 'interval' && piece.doubt)
      findings.doubt(piece.start, piece.end, piece.doubt)
  })
}

// '(VAT included)': Polar adds the tax, so such a price would be another one.
function checkTax(pieces: Piece[], at: number, findings: Findings): void {
  const piece = pieces[at]
  if (piece?.kind !== 'word' || !/^(?:vat|tax|taxes|gst|mwst|tva)$/.test(piece.token.lower)) return
  const beside = [pieces[at - 2], pieces[at - 1], pieces[at + 1], pieces[at + 2]]
  const inside = beside.some(
    (each) => each?.kind === 'word' && /^incl?(?:uded?|udes|uding|usive)?$/.test(each.token.lower),
  )
  if (inside)
    findings.doubt(
      piece.start,
      piece.end,
      'a price with its tax inside; write the price before tax',
    )
}

// '$29/mo for the first year': what comes then is not said.
function checkFirst(pieces: Piece[], at: number, findings: Findings): void {
  const [piece, next] = [pieces[at], pieces[at + 1]]
  if (piece?.kind !== 'word' || next?.kind !== 'word') return
  if (!/^(?:first|initial|next|second|following)$/.test(piece.token.text)) return
  if (!/^(?:years?|months?|weeks?|days?|quarters?|payments?|invoices?)$/.test(next.token.text))
    return
  findings.doubt(piece.start, next.end, LATER_PRICE)
}

const SPOKEN_MONEY =
  /^(?:cents?|dollars?|dolars?|euros?|bucks?|quid|pence|pounds?|francs?|rupees?|yen)$/

// 'half a cent per call', 'twenty dollars': an amount in words.
function checkSpokenMoney(pieces: Piece[], at: number, findings: Findings): void {
  const piece = pieces[at]
  if (piece?.kind !== 'word' || !SPOKEN_MONEY.test(piece.token.text)) return
  let first = at
  while (first > at - 4 && pieces[first - 1]?.kind === 'word') first--
  const start = pieces[first]?.start ?? piece.start
  findings.doubt(start, piece.end, SPOKEN_AMOUNT)
}

// A currency sign that belongs to no number means an amount was not understood.
function checkWord(
  token: { kind: string; text: string; start: number; end: number },
  pieces: Piece[],
  at: number,
  findings: Findings,
): void {
  if (token.kind !== 'sign') return
  const next = pieces[at + 1]
  const glued = next?.start === token.end
  const isText =
    token.text === '$' &&
    (!next || (glued && next.kind === 'word' && /^[{\p{L}_(]/u.test(next.token.text)))
  if (isText || (token.text === '$' && glued && next?.kind === 'mark' && next.mark === '(')) return
  findings.doubt(
    token.start,
    token.end,
    'a currency sign without an amount; write the amount behind it',
  )
}
