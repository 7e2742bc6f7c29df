import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readPricing, type Pricing } from '../../src/cli/pricing.js'
import type { CommonOptions } from '../../src/cli/options.js'
import { askAgain, askForRequest } from '../../src/cli/questions.js'
import type { Reporter } from '../../src/cli/reporter.js'

vi.mock('../../src/cli/questions.js', () => ({
  askAgain: vi.fn(),
  askForRequest: vi.fn(),
  askForTrial: () => Promise.resolve(true),
}))

const commandLine = { command: null, request: '', flags: [] }
const options: CommonOptions = { install: true, verify: true, trial: true, commandLine }

function read(request: string, terminal = false): Promise<Pricing> {
  const reporter = { unclear: () => {} } satisfies Partial<Reporter>
  return readPricing(request, options, terminal, reporter as unknown as Reporter)
}

/** The words as they arrive when somebody puts them in double quotes. */
function throughShell(request: string): string {
  return execFileSync('bash', ['-c', `printf %s "${request}"`], { encoding: 'utf8' })
}

describe('a request on the command line', () => {
  it.each([
    ['Free, Pro ($29/mo), Team ($99/mo)'],
    ['Pro $9/mo'],
    ['Free, Pro ($9/mo), Team ($19.99/mo)'],
    ['Pro $100/mo'],
    ['Pro $20/mo, Team $50/mo'],
    ['Pro $1,299/yr'],
    ['$0.01 per API call'],
    ['Pro 29 USD/mo + $0.01 per call'],
    ['Pro 29 USD/mo, Team $99/mo'],
    ['Prices in USD: Pro $29/mo, Team $99/mo'],
    ['Prices in CAD: Pro $29/mo'],
    ['Pro 29 dollars/mo, Team $99/mo'],
    ['Free, Pro (/mo)'],
  ])('that lost its sign in double quotes, %j, is refused', async (request) => {
    const lost = throughShell(request)
    const pricing = await read(lost)
    expect(pricing).toMatchObject({ status: 'unclear' })
    if (pricing.status !== 'unclear') return
    expect(pricing.unclear[0]?.reason).toContain('in double quotes')
    expect(pricing.assumptions.map(({ field }) => field)).not.toContain('currency')
  })

  it.each([
    ['Pro ¥1000/mo', 'jpy', 1000],
    ['Free, Pro ¥980/mo, Team ¥2,980/mo', 'jpy', 980],
    ['Prices in euros: Pro 29/mo, Team 99/mo', 'eur', 2900],
    ['Pro 29/mo, Team 99/mo. All prices in EUR', 'eur', 2900],
    ['Pro 29/mo (GBP)', 'gbp', 2900],
    ['Pro €29/mo, Team 99/mo', 'eur', 2900],
    ['Prices in yen: Pro 980 per month', 'jpy', 980],
    ['Pro 29 USD/mo, Team 99 USD/mo', 'usd', 2900],
    ['Pro 99 cents a month', 'usd', 99],
    ['Pro $29/mo + 1 cent per call', 'usd', 2900],
    ['Pro 29$/mo', 'usd', 2900],
  ])('that names its currency, %j, is read', async (request, currency, amount) => {
    const pricing = await read(request)
    expect(pricing).toMatchObject({ status: 'ok', spec: { currency } })
    const tiers = pricing.status === 'ok' ? pricing.spec.tiers : []
    expect(tiers.find((tier) => tier.prices.length > 0)?.prices[0]?.amount).toBe(amount)
  })
})

describe('in a terminal', () => {
  afterEach(() => vi.clearAllMocks())

  it('the same words typed again are taken: no shell was between', async () => {
    vi.mocked(askAgain).mockImplementation((words) => Promise.resolve(words))
    expect(await read('Pro 29/mo', true)).toMatchObject({
      status: 'ok',
      spec: { tiers: [{ prices: [{ amount: 2900 }] }] },
      assumptions: [{ field: 'currency', value: 'usd' }],
    })
    expect(askAgain).toHaveBeenCalledTimes(1)
  })

  it('words typed at the question are taken as they stand', async () => {
    vi.mocked(askForRequest).mockResolvedValue('Pro 29/mo')
    expect(await read('', true)).toMatchObject({ status: 'ok' })
    expect(askAgain).not.toHaveBeenCalled()
  })

  it('yen are read without a question', async () => {
    expect(await read('Pro ¥1000/mo', true)).toMatchObject({ status: 'ok' })
    expect(askAgain).not.toHaveBeenCalled()
  })
})
