/** Text that means something to one of the languages that it is written into. */
const HOSTILE = [
  `'); process.exit(1); ('`,
  '`${process.env.JWT_SECRET}`',
  '*/ export const pwned = 1 /*',
  '</script><script>alert(1)</script>',
  '{{lookup this "constructor"}}',
  '../../etc/passwd',
  'emoji 👩‍💻🏴󠁧󠁢󠁥󠁮󠁧󠁿❤️ and עברית right to left',
  "import x from './evil.js'",
]

/** A spec of everything that can be sold, with such text wherever text is allowed. */
export const HOSTILE_SPEC = {
  version: 1,
  currency: 'usd',
  gating: true,
  tiers: [
    {
      slug: 'constructor',
      name: '</h1>${alert(1)}`',
      features: HOSTILE,
      prices: [{ amount: 900, interval: 'month' }],
    },
    {
      slug: 'proto',
      name: '__proto__',
      features: [...HOSTILE, 'constructor'],
      prices: [{ amount: 1900, interval: 'month', perSeat: true }],
    },
  ],
  products: [
    { slug: 'to-string', name: 'toString */ {{x}} `${y}`', amount: 900 },
    { slug: 'default', name: `'"\\ </script>`, amount: 1900 },
    { slug: 'delete', name: '../../👩‍💻', amount: 2900 },
  ],
  meters: [
    {
      slug: 'has-own-property',
      name: '</script>${alert(1)}`',
      unit: `*/ 'call' {{x}}`,
      aggregation: 'count',
      included: 10,
      unitAmount: '1',
      tier: 'constructor',
    },
    {
      slug: 'class',
      name: 'שלום../🦊 "',
      unit: '__proto__',
      aggregation: 'sum',
      property: '__proto__',
      included: 0,
      unitAmount: '0.5',
      tier: 'constructor',
    },
    {
      slug: 'await',
      name: `'); DROP TABLE users; --`,
      unit: '`${x}`',
      aggregation: 'sum',
      property: `${HOSTILE.join(' ')} ${'x'.repeat(10_000)}`,
      included: 0,
      unitAmount: '2',
      tier: 'constructor',
    },
  ],
  discounts: [
    { code: 'constructor', percentOff: 10, duration: 'once' },
    { code: 'hasOwnProperty', amountOff: 100, duration: 'forever' },
    { code: `toString${'A'.repeat(200)}`, percentOff: 50, duration: 'repeating', months: 3 },
  ],
}
