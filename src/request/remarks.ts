const WHO =
  '(?:customers?|users?|people|buyers?|subscribers?|sign-?ups?|members?|clients?|teams?|companies|orders?|students?|teachers?|non-?profits?|startups?|residents)'
const COUNT = '(?:\\d[\\d.,]*|one|two|three|four|five|six|ten|twelve)'
const WHERE = '(?:eu|us|usa|uk|europe|india|year|month|quarter)'
const LIMITED =
  "(?:intro(?:ductory)?|launch|beta|early[- ]?bird|early[- ]access|promo(?:tional)?|sale|special|regular|normal|old|new|future|starting|founders?'?|founding|list|retail|street|student|annual|discounted|limited|temporary|black friday)"

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

// Written beside a price these are no features: they say when, for whom or how surely it holds.
const REMARKS: readonly RegExp[] = [
  /^(?:when|if|unless|until|till|while|whilst|provided|assuming|as long as|so long as|except|excluding|during|instead)\b/i,
  /^(?:now|today|at first|initially|currently|temporar(?:y|ily)|approx(?:imately)?\.?|estimated?|average|minimum|maximum|min\.?|max\.?|at least|at most|provisional|tentative|draft|proposed|planned|guess|limited|ish|or so|example|suggested|recommended donation|maybe|perhaps|probably)$/i,
  /(?:^|[\s=:])\d+(?:\.\d+)? ?(?:x|times) (?:the )?(?:monthly|yearly|annual|price|basic|pro)\b/i,
  new RegExp(
    `^(?:starting|beginning|effective|as of|from|since|by) (?:on )?(?:the )?(?:${MONTH}\\b|q[1-4]\\b|20\\d\\d|next\\b|tomorrow|\\d)`,
    'i',
  ),
  /^(?:only )?\d[\d.,]* (?:seats?|spots?|places?|slots?|licen[cs]es?) (?:available|left|only|remaining)/i,
  /^only \d[\d.,]*$/i,
  // '(half for nonprofits)', '(two for one)', '(x12)', '(3 installments)'.
  /^(?:an? )?(?:half|third|quarter|double|twice|triple)(?: of it)? (?:for|if|when|on|in|to)\b/i,
  /^(?:free|discounted|cheaper|reduced|less|more) (?:for|if|when)\b/i,
  new RegExp(`\\b${COUNT} for (?:the price of )?${COUNT}\\b`, 'i'),
  new RegExp(`\\b(?:get|and) (?:${COUNT}|another)(?: \\w+)? (?:for )?free\\b`, 'i'),
  new RegExp(`^(?:x ?\\d+|\\d+ ?x|${COUNT} (?:\\w+ )?(?:payments|instal+ments))$`, 'i'),
  /^(?:recommended|suggested|popular|typical|usual) (?:minimum|maximum|min|max|price|amount|rate|retail)\b/i,
  /\b(?:negotiable|unsure|undecided|tb[acd]|subject to|half[- ]price|half[- ]off|limited[- ]time|time[- ]limited|price[- ]match)\b/i,
  /\b(?:volume|bulk|group|student|education(?:al)?|non-?profit|annual|yearly|loyalty|startup) (?:discounts?|pricing|prices?)\b(?! (?:tools?|engines?|calculators?|tables?|pages?|rules|api|reports?|analytics))/i,
  /\bnot (?:yet )?(?:sure|final|decided|fixed|confirmed|certain|set)\b/i,
  /\bto be (?:decided|confirmed|determined|announced|discussed|defined)\b/i,
  /(?:^|\b(?:prices?|pricing|rates?|amounts?|costs?|fees?|numbers?|it|this|that|these|those|they|\d) )(?:may|might|will|could|can) (?:still )?(?:change|vary|rise|increase|go up|go down)\b/i,
  /\b(?:prices?|pricing|rates?(?! limits?)) (?:goes|go|will|may|might|rises?|increases?|changes?|varies|vary|depends?|doubles?)\b/i,
  /\b(?:prices?|pricing|rates?) (?:is|are) (?:not|only|for|until|per|subject|negotiable|temporary|introductory|final|limited|likely|still|estimated|approximate|going|an?|the)\b/i,
  /\b(?:annual|yearly|year|month|monthly|quarterly|minimum) (?:contract|commitment|term|agreement|lock-in|minimum)\b/i,
  new RegExp(`\\b${LIMITED} (?:price|pricing|rate|offer|deal)s?\\b(?! limits?)`, 'i'),
  new RegExp(`^(?:the )?first \\d[\\d.,]*k? (?:\\w+ )?${WHO}\\b`, 'i'),
  new RegExp(`\\b(?:${WHO}|${WHERE}) only$`, 'i'),
  new RegExp(`^only (?:for|in|if|when|until|with)\\b`, 'i'),
]

// 'When a user cancels, …' tells what the app is to do.
const BEHAVIOUR =
  /^(?:when|if|while|until|unless) (?:(?:a|an|the|any|their|your|our|some) )?(?:users?|customers?|subscribers?|someone|somebody|people|they|payments?|cards?|invoices?|subscriptions?|past[- ]due)\b(?!.*\b(?:prices?|pays?|paid|discounts?|costs?|charged?|off|free|year(?:ly)?|annual(?:ly)?|month(?:ly)?)\b)/i

/** Whether words beside a price say something of it rather than what the plan has. */
export function isRemarkOnPrice(words: string): boolean {
  return !BEHAVIOUR.test(words) && REMARKS.some((remark) => remark.test(words))
}

export const REMARK_REASON =
  'it says something of the price that cannot be set; leave it out, or write the price that everyone pays'
