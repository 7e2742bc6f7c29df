import type { Period, Tier } from '../types.js'
import { sameName, type Collected, type Entry, type LooseTrial } from './entries.js'
import type { Findings } from './findings.js'
import { samePeriod } from './offer.js'
import { EVERY_PLAN, type TrialPiece } from './pieces.js'
import { changesTrial } from './trial-words.js'

const STANDARD: Period = { interval: 'day', count: 14 }

/** Gives each paid tier its trial: what the request says, else the standard one, never a guess between two. */
export function assignTrials(
  collected: Collected,
  tiers: Map<Entry, Tier>,
  trial: boolean,
  findings: Findings,
): void {
  const paid = [...tiers].filter(([, tier]) => tier.prices.length > 0)
  const stated = new Map<Tier, Period | null>()
  const state = (tier: Tier, piece: TrialPiece): void => {
    if (piece.doubt) findings.doubt(piece.start, piece.end, piece.doubt)
    const period = piece.period === 'standard' ? STANDARD : piece.period
    if (piece.period === 'standard') {
      findings.assume(`tiers.${tier.slug}.trial`, '14 days', 'a trial is named, its length is not')
    }
    const known = stated.get(tier)
    const clash =
      known !== undefined && (known && period ? !samePeriod(known, period) : known !== period)
    if (clash) findings.doubt(piece.start, piece.end, `"${tier.name}" has two trials`)
    stated.set(tier, period)
  }
  let general: TrialPiece | null = null
  for (const [entry, tier] of tiers) {
    for (const { piece, bracketed } of entry.trials) {
      if (piece.scope) placeScoped(piece)
      else if (tier.prices.length === 0)
        findings.doubt(piece.start, piece.end, `"${tier.name}" is not paid for`)
      else if (!bracketed && mayMeanAll(entry, piece)) {
        findings.doubt(
          piece.start,
          piece.end,
          `for "${tier.name}" only, or for every plan? Write "on ${tier.name}" or "on all plans"`,
        )
      } else state(tier, piece)
    }
  }
  for (const entry of collected.entries) {
    if (!trial || tiers.has(entry) || !entry.prices.some(({ once }) => once)) continue
    for (const { piece } of entry.trials) {
      const reason = `"${entry.name}" is paid once, and a trial is for a plan; leave it out, or write /mo`
      findings.doubt(piece.start, piece.end, reason)
    }
  }
  for (const loose of collected.trials) {
    const { piece, subject, between, position } = loose
    doubtWordsBeside(loose, tiers, findings)
    const named =
      subject === null
        ? null
        : ([...tiers].find(([entry]) => sameName(entry.name, subject)) ?? null)
    const last = position >= collected.entries.length
    if (piece.scope) placeScoped(piece)
    else if (named) state(named[1], piece)
    else if (between && !last && paid.length > 1) {
      findings.doubt(
        piece.start,
        piece.end,
        'for the plan before it, or for every plan? Write "on Pro" or "on all plans"',
      )
    } else placeGeneral(piece)
  }
  const only = paid[0]?.[1]
  if (general && paid.length === 1 && only && stated.has(only)) state(only, general)
  if (general) for (const [, tier] of paid) if (!stated.has(tier)) state(tier, general)
  const assumes = stated.size === 0 && trial && paid.length > 0 && tiers.size > 1
  for (const [, tier] of paid) {
    tier.trial = trial ? (stated.get(tier) ?? (assumes ? { ...STANDARD } : null)) : null
    if (assumes)
      findings.assume(
        `tiers.${tier.slug}.trial`,
        '14 days',
        'no trial is named; this is the usual one (leave it out with --no-trial)',
      )
  }

  function placeGeneral(piece: TrialPiece): void {
    if (paid.length === 0) {
      findings.doubt(
        piece.start,
        piece.end,
        'a trial, and no plan that is paid for; write the price of the plan',
      )
      return
    }
    if (general && JSON.stringify(general.period) !== JSON.stringify(piece.period)) {
      findings.doubt(
        piece.start,
        piece.end,
        'two trials are named for every plan; write which plan each is for',
      )
    }
    general = piece
  }

  function placeScoped(piece: TrialPiece): void {
    if (piece.scope === EVERY_PLAN || piece.scope === null) return placeGeneral(piece)
    const words = piece.scope
      .replace(/\b(?:plans?|tiers?)\b/gi, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    const whole = paid.find(([entry]) => sameName(entry.name, words))
    const names = words.split(/\s+(?:and|&)\s+/i)
    const targets = whole
      ? [whole]
      : names.map((name) => paid.find(([entry]) => sameName(entry.name, name)))
    for (const target of targets) {
      if (target) state(target[1], piece)
      else
        findings.doubt(
          piece.start,
          piece.end,
          'it is not clear which plan this trial is for; write the plan as it is named, or on all plans',
        )
    }
  }

  // 'A $10, B $20 with a 14-day trial': the last of a list on one line, and no other says anything.
  function mayMeanAll(entry: Entry, piece: TrialPiece): boolean {
    const beside = paid.filter(([other]) => other.line === entry.line)
    if (beside.length < 2) return false
    // A trial before the first name ('7-day trial, then A $10, B $20') heads the list as well.
    const heads = beside[0]?.[0] === entry && piece.start - entry.start <= 2
    if (!heads && beside.at(-1)?.[0] !== entry) return false
    return beside.every(([other]) => other === entry || other.trials.length === 0)
  }
}

// 'not a 7-day trial', 'students get 30 days free': whatever is not understood may change it.
function doubtWordsBeside(
  { piece, beside }: LooseTrial,
  tiers: Map<Entry, Tier>,
  findings: Findings,
): void {
  const names = new Set([...tiers.keys()].flatMap(({ name }) => name.toLowerCase().split(/\s+/)))
  const strange = beside.filter(({ token }) => !names.has(token.lower) && changesTrial(token))
  const [first] = strange
  if (!first || piece.doubt) return
  const [start, end] = [Math.min(first.start, piece.start), Math.max(first.end, piece.end)]
  const reason = `"${first.token.text}" beside the trial is not understood; write "14-day trial on Pro" or "on all plans"`
  findings.doubt(start, end, reason)
}
