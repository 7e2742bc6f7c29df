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

/**
 * Gives slugs that were not given before: 'pro', then 'pro-2'.
 *
 * @param otherwise a longer name, for the slug that is tried before a number is added
 */
export type SlugMaker = (name: string, otherwise?: string) => string

export function slugMaker(): SlugMaker {
  const taken = new Set<string>()
  return (name, otherwise = name) => {
    const base = slugOf(name)
    let slug = taken.has(base) ? slugOf(otherwise) : base
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
