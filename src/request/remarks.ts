const WHO =
  '(?:customers?|users?|people|buyers?|subscribers?|sign-?ups?|members?|clients?|teams?|companies|orders?|students?|teachers?|non-?profits?|startups?|residents)'
const WHERE = '(?:eu|us|usa|uk|europe|india|year|month|quarter)'
const LIMITED =
  "(?:intro(?:ductory)?|launch|beta|early[- ]?bird|early[- ]access|promo(?:tional)?|sale|special|regular|normal|old|new|future|starting|founders?'?|founding|list|retail|street|student|annual|discounted|limited|temporary|black friday)"

// Written beside a price these are no features: they say when, for whom or how surely it holds.
const REMARKS: readonly RegExp[] = [
  /^(?:when|if|unless|until|till|while|whilst|provided|assuming|as long as|so long as|except|excluding|during|instead)\b/i,
  /^(?:now|today|at first|initially|currently|temporar(?:y|ily)|approx(?:imately)?\.?|estimated?|average|minimum|maximum|min\.?|max\.?|at least|at most|provisional|tentative|draft|proposed|planned|guess|limited|ish|or so|example|suggested|recommended donation|maybe|perhaps|probably)$/i,
  /^\d+(?:\.\d+)? ?x (?:the )?(?:monthly|yearly|annual|price|basic|pro)\b/i,
  /^(?:starting|beginning|effective|as of|from|since|by) (?:on )?(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]\b|20\d\d|next|tomorrow|\d)/i,
  /^(?:only )?\d[\d.,]* (?:seats?|spots?|places?|slots?|licen[cs]es?) (?:available|left|only|remaining)/i,
  /^only \d/i,
  /\b(?:negotiable|unsure|undecided|tb[acd]|subject to|half[- ]price|half[- ]off|limited[- ]time|time[- ]limited|price[- ]match)\b/i,
  /\b(?:volume|bulk|group|student|education(?:al)?|non-?profit|annual|yearly|loyalty|startup) (?:discounts?|pricing|prices?)\b/i,
  /\bnot (?:yet )?(?:sure|final|decided|fixed|confirmed|certain|set)\b/i,
  /\bto be (?:decided|confirmed|determined|announced|discussed|defined)\b/i,
  /\b(?:may|might|will|could|can) (?:still )?(?:change|vary|rise|increase|go up|go down)\b/i,
  /\b(?:prices?|pricing|rates?) (?:goes|go|will|may|might|is|are|rises?|increases?|changes?|varies|vary|depends?|doubles?)\b/i,
  /\b(?:annual|yearly|year|month|monthly|quarterly|minimum) (?:contract|commitment|term|agreement|lock-in|minimum)\b/i,
  new RegExp(`\\b${LIMITED} (?:price|pricing|rate|offer|deal)s?\\b`, 'i'),
  new RegExp(`^(?:the )?first \\d[\\d.,]*k? (?:\\w+ )?${WHO}\\b`, 'i'),
  new RegExp(`\\b(?:${WHO}|${WHERE}) only$`, 'i'),
  new RegExp(`^only (?:for|in|if|when|until|with)\\b`, 'i'),
]

/** Whether words beside a price say something of it rather than what the plan has. */
export function isRemarkOnPrice(words: string): boolean {
  return REMARKS.some((remark) => remark.test(words))
}

export const REMARK_REASON =
  'it says something of the price that cannot be set; leave it out, or write the price that everyone pays'
