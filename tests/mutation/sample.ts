import type { Mutant } from './mutant.js'

export type Random = () => number

/** Numbers from 0 to 1 that the seed decides (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * A sample with at most one mutant for each line, spread over the files in proportion to how many
 * of their lines can be mutated.
 */
export function sampleOf(mutants: readonly Mutant[], count: number, random: Random): Mutant[] {
  const files = [...groups(mutants, (mutant) => mutant.file).values()].map((ofFile) =>
    [...groups(ofFile, (mutant) => String(mutant.line)).values()].map((ofLine) =>
      oneOf(ofLine, random),
    ),
  )
  const shares = sharesOf(
    files.map((lines) => lines.length),
    count,
  )
  return files.flatMap((lines, index) =>
    shuffled(lines, random)
      .slice(0, shares[index])
      .sort((a, b) => a.line - b.line),
  )
}

/** First the operator, then one of its mutants: constants would crowd out the rest. */
function oneOf(mutants: readonly Mutant[], random: Random): Mutant {
  const operators = [...groups(mutants, (mutant) => mutant.operator).values()]
  return pick(pick(operators, random), random)
}

/** Whole numbers in proportion to the sizes, by largest remainders. */
function sharesOf(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const wanted = Math.min(count, total)
  const exact = sizes.map((size) => (size * wanted) / total)
  const shares = exact.map(Math.floor)
  const byRemainder = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder)
  const missing = wanted - shares.reduce((sum, share) => sum + share, 0)
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}

export function groups<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): Map<string, Item[]> {
  const found = new Map<string, Item[]>()
  for (const item of items) {
    const group = found.get(key(item))
    if (group) group.push(item)
    else found.set(key(item), [item])
  }
  return found
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
