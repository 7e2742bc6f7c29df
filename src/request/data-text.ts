const KEY =
  /(?:^|[\n{,;([])[ \t]*(?:-[ \t]+)?["'`]?(name|title|slug|id|price|amount|unit_amount|cost|interval|period|billing_period|currency|trial_days)["'`]?[ \t]*[:=]/gi
const NAMES = /^(?:name|title|slug|id)$/
const HEADER =
  /^[ \t]*"?(?:name|plan|tier|product|slug)"?\s*[,;]\s*"?(?:price|amount|cost|interval|monthly|currency)"?\s*(?:[,;]|$)/im

/** What is said of a request that is a record of fields rather than words. */
export const DATA_REASON =
  'it is written as data; put it into a file as "integrate-polar schema" describes and pass --spec FILE, or write it in words, like "Pro $29/mo, Team $99/mo"'

/**
 * Whether a request is written as fields ('name: Pro, price: 29') or as comma-separated values: whether an
 * amount in it is in cents, and which field belongs to which record, is the file format's to say.
 */
export function readsAsData(text: string): boolean {
  const head = text.slice(0, 4000)
  const keys = new Set([...head.matchAll(KEY)].map(([, key = '']) => key.toLowerCase()))
  const named = [...keys].some((key) => NAMES.test(key))
  return (named && keys.size > 1) || HEADER.test(head)
}
