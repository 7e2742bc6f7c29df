/**
 * The slug of a name: `[a-z0-9-]`, never empty, at most 48 characters.
 * Accents are dropped; a name without Latin letters or digits gets a stable short code instead.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\+/g, ' plus ')
    .replace(/[^a-z0-9]+/g, (run) => (/^\p{M}+$/u.test(run) ? '' : '-'))
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '')
  return slug || `item-${checksum(name)}`
}

/** Gives slugs that were not given before: 'pro', then 'pro-2'. */
export function slugMaker(): (name: string) => string {
  const taken = new Set<string>()
  return (name) => {
    const base = slugOf(name)
    let slug = base
    for (let n = 2; taken.has(slug); n++) slug = `${base}-${n}`
    taken.add(slug)
    return slug
  }
}

function checksum(text: string): string {
  let hash = 2166136261
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619)
  return (hash >>> 0).toString(36)
}
