import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { parseRequest } from '../../src/request/index.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import {
  CAPABILITIES,
  PRICING_REQUESTS,
  type Capability,
  type PricingRequest,
} from '../support/pricing-requests.js'

interface Words {
  trace: RegExp
  /** Where a word of the capability is one of something else. */
  innocent: RegExp[]
}

const WORDS: Record<Capability, Words> = {
  subscriptions: {
    trace: /subscri/i,
    // Polar's reasons for an order, and its refusals.
    innocent: [/subscription_(?:id|create|cycle|update)\b/g, /AlreadyCanceledSubscription/g],
  },
  usage: {
    trace: /usage|(?<![a-z])meter/i,
    // How a script is called; an event that Polar may send of any organisation.
    innocent: [/\bUSAGE\b/g, /\bmetered\(\)/g, /'metered_unit'/g, /without a discount and usage/g],
  },
  products: {
    trace: /purchas/i,
    // A plan that cannot be bought; why Polar charged.
    innocent: [/tier_not_purchasable/g, /'purchase'/g],
  },
  discounts: {
    // Polar's dashboard can give any customer a discount, so amounts are read with one everywhere.
    trace: /coupon|POLAR_DISCOUNT|discount_?codes?\b/i,
    // Fields that a request is not to slip in.
    innocent: [/'discountCode'/g],
  },
  seats: {
    trace: /seat/i,
    // How a price is meant, and a subscription's number of them, are told of any plan.
    innocent: [/pauseAt/gi, /per-?seat\b/gi, /per seat/g, /\bseats\b(?![_/-])/g, /customer_seat/g],
  },
  gating: { trace: /gating|gated|requireFeature|useFeature|<Gate\b/, innocent: [] },
}

/** Polar's own objects, as its API has them, whatever is sold. */
const POLARS = /\/support\/billing\/(?:objects|polar)\.ts$/

const hosts = ['express-pg-react', 'express4-session-tailwind']

for (const [at, [name, request]] of Object.entries(PRICING_REQUESTS).entries()) {
  describe(`"${name}" asks for ${request.asksFor.join(', ')}, and gets`, () => {
    const lines = linesOf(request, hosts[at % hosts.length] ?? '')
    for (const capability of CAPABILITIES) {
      const asked = request.asksFor.some((each) => each === capability)
      it(`${asked ? 'all' : 'no trace'} of ${capability}`, async () => {
        const { trace, innocent } = WORDS[capability]
        const traces = (await lines).filter(({ text }) =>
          trace.test(innocent.reduce((left, each) => left.replaceAll(each, ''), text)),
        )
        if (asked) expect(traces).not.toEqual([])
        else expect(traces.map(({ path, text }) => `${path}: ${text.trim()}`)).toEqual([])
      })
    }
  })
}

/** Every line that a request adds to a host, and every path. */
async function linesOf(
  { words }: PricingRequest,
  host: string,
): Promise<{ path: string; text: string }[]> {
  const parsed = parseRequest(words)
  if (parsed.status !== 'ok') throw new Error(JSON.stringify(parsed.unclear))
  const root = new URL(`../../fixtures/hosts/${host}/`, import.meta.url).pathname
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  const tree = new StagedTree(hostFiles(root))
  const now = Date.UTC(2026, 0, 5)
  const { spec } = parsed
  await planIntegration({ spec, host: detection.host, assumptions: [], tree, now })
  const changes = tree.changes().filter(({ path }) => !POLARS.test(path))
  return changes.flatMap(({ path, content }) => {
    const before = new Set((tree.readHost(path) ?? '').split('\n'))
    const added = content.split('\n').filter((line) => !before.has(line))
    return [{ path, text: path }, ...added.map((text) => ({ path, text }))]
  })
}
