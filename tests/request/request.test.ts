import { describe, expect, it } from 'vitest'
import { modelOf, parseRequest, priceTable, slugOf } from '../../src/request/index.js'
import type { BillingSpec } from '../../src/types.js'

function specOf(text: string, options?: { trial?: boolean }): BillingSpec {
  const parsed = parseRequest(text, options)
  if (parsed.status !== 'ok') throw new Error(JSON.stringify(parsed.unclear))
  return parsed.spec
}

function assumed(text: string): Record<string, string> {
  return Object.fromEntries(
    parseRequest(text).assumptions.map(({ field, value }) => [field, value]),
  )
}

describe('what a request leaves open', () => {
  it('is monthly for a plan, and says so', () => {
    expect(assumed('Starter $19, Pro $49')).toMatchObject({
      'tiers.starter.interval': 'month',
      'tiers.pro.interval': 'month',
    })
  })

  it('is US dollars where no currency stands, and says so', () => {
    expect(assumed('Pro 29/mo')).toMatchObject({ currency: 'usd' })
    expect(assumed('Pro $29/mo')).not.toHaveProperty('currency')
  })

  it('is yen where ¥ stands alone, and says so', () => {
    expect(assumed('Pro ¥1000/mo')).toMatchObject({ currency: 'jpy' })
    expect(assumed('Pro 1000 JPY/mo')).not.toHaveProperty('currency')
  })

  it('is a 14-day trial where plans are sold in tiers, and says so', () => {
    expect(assumed('Free, Pro $29/mo')).toMatchObject({ 'tiers.pro.trial': '14 days' })
    expect(specOf('Free, Pro $29/mo').tiers.map((tier) => tier.trial)).toEqual([
      null,
      { interval: 'day', count: 14 },
    ])
  })

  it('is no trial for a single plan, for usage and for products', () => {
    expect(specOf('Pro $29/mo').tiers[0]?.trial).toBeNull()
    expect(specOf('$49 base + $0.01 per API call over 10k').tiers[0]?.trial).toBeNull()
  })

  it('is the name Base for a price without a name, and says so', () => {
    expect(assumed('charge $29/mo')).toMatchObject({ 'tiers.base.name': 'Base' })
  })
})

describe('trial: false', () => {
  it('leaves out the standard trial and a named one', () => {
    expect(specOf('Free, Pro $29/mo', { trial: false }).tiers[1]?.trial).toBeNull()
    expect(specOf('Pro $29/mo, 7-day trial', { trial: false }).tiers[0]?.trial).toBeNull()
  })
})

describe('what is unclear', () => {
  const unclear = (text: string): string[] => {
    const parsed = parseRequest(text)
    return parsed.status === 'unclear' ? parsed.unclear.map((each) => each.text) : []
  }

  it('is quoted from the request', () => {
    expect(unclear('Basic $5/mo, Pro from $10/mo')).toEqual(['from $10/mo'])
    expect(unclear('4 tiers: Free, Pro ($29/mo)')).toEqual(['4 tiers'])
    expect(unclear('Basic, Pro and Premium')).toEqual(['Basic', 'Pro', 'Premium'])
  })

  it('keeps every other piece apart', () => {
    expect(unclear('Basic about $5/mo, Pro from $10/mo')).toHaveLength(2)
  })
})

describe('a long or strange request', () => {
  const length = 10_000
  const shapes = [
    'a', 'a,', 'Pro $29/mo, ', '$1 ', '$', '(', ')', '(a ', '1', '1.', '1,', '"', '"a ', '\n', '- a\n', '#', '+', 'a-', 'one-', 'per ',
    'every other ', 'once ', 'on a ', 'as a ', 'code ', 'code A ', '10% off ', '14-day trial ', 'free ', 'then ', '10k calls, ',
    '$0.01 per call, ', 'a:', 'Abc: x, ', 'Monthly: ', '🎉', '\ud800', '\u202e', '\u0000', 'Pro $29? ', 'Pro $1/mo, x. ', '{{', '`', '${',
  ] // prettier-ignore
  for (const shape of shapes) {
    it(`of ${JSON.stringify(shape)} over and over is answered`, () => {
      const text = shape.repeat(Math.ceil(length / shape.length))
      for (const request of [text, `Pro $29/mo ${text}`, `${text} Pro $29/mo`]) {
        const parsed = parseRequest(request)
        if (parsed.status === 'unclear') expect(parsed.unclear.length).toBeLessThanOrEqual(30)
      }
    })
  }

  it('longer than anybody writes is refused in one sentence', () => {
    const parsed = parseRequest('a'.repeat(1_000_000))
    expect(parsed).toMatchObject({ status: 'unclear', unclear: [{ reason: expect.stringContaining('at most') as string }] }) // prettier-ignore
  })
})

describe('text that is code somewhere', () => {
  it('stays what it is: a name or a feature', () => {
    const { tiers } = specOf('`P${ro}` ($29/mo, */ </script>, {{x}}, ../../x)')
    expect(tiers[0]).toMatchObject({ name: '`P${ro}`', slug: 'p-ro' })
    expect(tiers[0]?.features).toContain('{{x}}')
  })

  it('loses its invisible characters', () => {
    expect(specOf('Pr\u2060o\u200b\ufeff ($29\u00ad/mo)').tiers[0]?.name).toBe('Pro')
  })

  it('keeps the emoji in it whole', () => {
    const { tiers } = specOf('👩‍💻 Devs $29/mo, ❤️ Team $99/mo: 👩🏽‍🚀 flights')
    expect(tiers.map(({ name }) => name)).toEqual(['👩‍💻 Devs', '❤️ Team'])
    expect(tiers[1]?.features).toEqual(['👩🏽‍🚀 flights'])
  })

  it.each([
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2067',
    '\u2068',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
  ])('is refused with a character that changes its direction: %j', (char) => {
    const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    for (const text of [
      `P${char}ro $29/mo`,
      `Pro $2${char}9/mo`,
      `Pro $29/mo, code SAVE${char}10 10% off`,
      `Kit${char} $49 once`,
    ]) {
      const parsed = parseRequest(text)
      if (parsed.status !== 'unclear') throw new Error('It was read.')
      expect(parsed.unclear[0]?.reason).toContain(`invisible character ${code}`)
      expect(parsed.unclear[0]?.text).toContain(`<${code}>`)
      expect(parsed.unclear[0]?.text).not.toContain(char)
    }
  })

  it('may be in a script that is written from right to left', () => {
    const { tiers } = specOf('פרו $29/mo, برو $49/mo')
    expect(tiers.map(({ name }) => name)).toEqual(['פרו', 'برو'])
  })

  it('is cut where a feature is longer than a spec may hold', () => {
    const [feature] = specOf(`Pro ($29/mo, ${'very '.repeat(100)}long)`).tiers[0]?.features ?? []
    expect(feature?.length).toBe(200)
  })
})

describe('slugOf', () => {
  it('writes lower-case words joined by hyphens', () => {
    expect(slugOf('Pro Plus')).toBe('pro-plus')
    expect(slugOf('Über+ Größe')).toMatch(/^[a-z0-9-]+$/)
    expect(slugOf('../../etc')).toBe('etc')
  })

  it('is never empty and always the same', () => {
    expect(slugOf('専門')).toMatch(/^item-[a-z0-9]+$/)
    expect(slugOf('専門')).toBe(slugOf('専門'))
    expect(slugOf('専門')).not.toBe(slugOf('無料'))
  })
})

describe('modelOf', () => {
  it('says what kind of pricing it is', () => {
    expect(modelOf(specOf('Basic $5/mo, Pro $10/mo'))).toBe('subscription')
    expect(modelOf(specOf('Free, Pro $10/mo'))).toBe('freemium')
    expect(modelOf(specOf('$49 base + $0.01 per API call over 10k'))).toBe('usage')
    expect(modelOf(specOf('$0.25 per report'))).toBe('usage')
    expect(modelOf(specOf('sell course for $299 one-time payment'))).toBe('one-time')
    expect(modelOf(specOf('Pro $12/mo; lifetime licence $240 once'))).toBe('hybrid')
  })
})

describe('priceTable', () => {
  it('shows back what was read, with every fraction of a cent', () => {
    const text =
      'Free, Pro $20/mo or $200/yr + $0.0005 per token over 1M tokens, Team $12/seat/month, Enterprise: contact us; kit $49 once; code HELLO 25% off for 2 months'
    expect(priceTable(specOf(text, { trial: false }))).toEqual([
      { name: 'Free', price: 'free', note: '' },
      { name: 'Pro', price: '$20.00 per month or $200.00 per year', note: '' },
      { name: 'Team', price: '$12.00 per seat per month', note: '' },
      { name: 'Enterprise', price: 'contact sales', note: '' },
      { name: 'Tokens', price: '$0.0005 per token', note: '1,000,000 included, with pro' },
      { name: 'Kit', price: '$49.00', note: 'one-time' },
      { name: 'HELLO', price: '25 % off', note: 'for 2 months' },
    ])
  })

  it('shows a trial, and a currency without decimals as it is', () => {
    expect(priceTable(specOf('Pro 1000 JPY every 3 months, 7-day trial'))).toEqual([
      { name: 'Pro', price: '1000 JPY every 3 months', note: '7-day trial' },
    ])
  })
})
