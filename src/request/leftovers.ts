import { decimalText } from './decimal.js'
import type { Collected, Entry } from './entries.js'
import type { Findings } from './findings.js'
import type { PercentPiece, Piece } from './pieces.js'
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
      checkSaving(piece, pieces, at, collected, findings)
      checkShare(piece, pieces, at, findings)
    }
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

const SHARED =
  /^(?:of|per|fees?|commission|cut|share|transactions?|revenue|sales|markup|surcharge|processing|platform)$/

// '2.9% + $0.30', '5% of revenue': a share of an amount cannot be charged.
function checkShare(piece: PercentPiece, pieces: Piece[], at: number, findings: Findings): void {
  const digits = findings.quote(piece.start, piece.end).replace(/[^\d.]/g, '')
  if (Number(digits) === 0) return
  const next = pieces[at + 1]
  const before = pieces[at - 1]
  const joined = [before, next].some((each) => each?.kind === 'mark' && each.mark === '+')
  const shared = next?.kind === 'word' && SHARED.test(next.token.lower)
  const unit = next?.kind === 'flag' && next.flag === 'seat'
  if (!joined && !shared && !unit) return
  findings.doubt(
    piece.start,
    piece.end,
    'a share of an amount cannot be charged; write a fixed price',
  )
}

const SAVING = /^(?:save|saves|saving|savings|off|cheaper|less|discount|discounted|reduction)$/

// '(save 17%)' is a remark when the two prices say so; otherwise a price that would have to be computed.
function checkSaving(
  piece: PercentPiece,
  pieces: Piece[],
  at: number,
  collected: Collected,
  findings: Findings,
): void {
  const beside = [pieces[at - 1], pieces[at + 1], pieces[at + 2]]
  if (!beside.some((each) => each?.kind === 'word' && SAVING.test(each.token.lower))) return
  const entry = collected.entries.findLast((each) => each.start <= piece.start)
  const claimed = Number(findings.quote(piece.start, piece.end).replace(/[^\d.]/g, ''))
  if (entry && claimed === savingOf(entry)) return
  findings.doubt(
    piece.start,
    piece.end,
    'a discount without a code; write the discounted price itself',
  )
}

function savingOf(entry: Entry): number | null {
  const value = (interval: string): number | null => {
    const price = entry.prices.find(
      (each) => each.interval?.interval === interval && each.interval.count === 1,
    )
    return price ? Number(decimalText(price.piece.money.value)) : null
  }
  const month = value('month')
  const year = value('year')
  return month && year ? Math.round((1 - year / (12 * month)) * 100) : null
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
