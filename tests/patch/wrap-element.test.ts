import { describe, expect, it } from 'vitest'
import { wrapElement, type WrapEdit } from '../../src/patch/index.js'
import { readCases, testCases } from './cases.js'

testCases<WrapEdit>('wrap-element', wrapElement, {
  wrapping: /import \{ BillingProvider \}.*|<\/?BillingProvider>|,(?=\s*\))/g,
})

describe.each(readCases<WrapEdit>('wrap-element'))('wrap-element: $name', (each) => {
  it('says what a person would write', async () => {
    const result = await wrapElement(each.input, each.edit)
    if (result.status !== 'missed') return
    expect(result.snippet).toBe(
      `import { BillingProvider } from './billing/BillingProvider'\n\n<BillingProvider>\n  <${each.edit.around} />\n</BillingProvider>`,
    )
  })
})
