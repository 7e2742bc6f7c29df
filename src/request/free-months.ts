import { decimal, decimalText, times } from './decimal.js'
import type { Collected, Entry } from './entries.js'
import { pricePer } from './percentages.js'
import type { TrialPiece } from './pieces.js'
import { TRIAL_OR_DISCOUNT } from './trial-lengths.js'

/**
 * Says of '(2 months free)' beside '$20/mo or $200/yr' that the yearly price has it already, so that
 * nobody writes it as a trial and gives the months away twice.
 */
export function explainFreeMonths({ entries, trials }: Collected): void {
  const all = [...entries.flatMap((entry) => entry.trials), ...trials]
  for (const { piece } of all) {
    const entry = entries.findLast((each) => each.start <= piece.start)
    if (piece.doubt === TRIAL_OR_DISCOUNT && entry && isInYearly(piece, entry))
      piece.doubt =
        'what the yearly price saves already, or a trial as well; leave it out, or write "trial" behind it'
  }
}

function isInYearly({ period }: TrialPiece, entry: Entry): boolean {
  if (period === null || period === 'standard' || period.interval !== 'month') return false
  const [month, year] = [pricePer(entry, 'month'), pricePer(entry, 'year')]
  if (!month || !year || period.count > 11) return false
  return decimalText(times(month, decimal(BigInt(12 - period.count)))) === decimalText(year)
}
