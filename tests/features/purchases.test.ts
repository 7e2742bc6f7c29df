import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { purchases } from '../../src/features/purchases/index.js'
import { templateData } from '../../src/render/data.js'
import { purchaseTableNames } from '../../src/render/table-names.js'
import { layoutOf } from '../../src/render/layout.js'
import type { BillingSpec } from '../../src/types.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'
import { rendered } from '../support/rendered.js'

const FILE = 'server/billing/products.ts'

const course = { slug: 'big-course', name: 'Big course', amount: 9_900 }
const pro = billingSpec([paid('Pro', 1_200)])
const hybrid = { ...pro, products: [course] }

function contribution(spec: BillingSpec) {
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql', '2_add-purchase-tables.sql')
  return purchases.contribute({ spec, host, data: templateData(spec, host), layout })
}

describe('what is paid once', () => {
  it('is generated only when something is', () => {
    expect(purchases.appliesTo(pro)).toBe(false)
    expect(purchases.appliesTo(hybrid)).toBe(true)
  })

  it('names a variable for each product, which the example file gets', async () => {
    const { env, edits } = contribution(hybrid)
    expect(env).toMatchObject([{ name: 'POLAR_PRODUCT_ID_BIG_COURSE', value: '' }])
    const edited = await edits?.[0]?.apply('A=1\n')
    expect(JSON.stringify(edited)).toContain('POLAR_PRODUCT_ID_BIG_COURSE=')
  })

  it('changes the discount of a checkout only where there are codes', () => {
    const code = { code: 'HELLO', percentOff: 20, amountOff: null, months: null }
    const withCode = { ...hybrid, discounts: [{ ...code, duration: 'once' as const }] }
    const textFor = (spec: BillingSpec) =>
      readFileSync(rendered(hostProfile(), 'purchases', [FILE], {}, spec)(FILE), 'utf8')
    expect(textFor(hybrid)).not.toContain('discount')
    expect(textFor(withCode)).toContain('discount')
  })

  it('has a table of its own name, or with a prefix where the host has one of it', () => {
    expect(purchaseTableNames(['users']).checkouts).toBe('product_checkouts')
    expect(purchaseTableNames(['users', 'Product_Checkouts'])).toEqual({
      checkouts: 'billing_product_checkouts',
    })
  })
})
