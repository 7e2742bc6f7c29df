import { describe, expect, it } from 'vitest'
import { docsIn } from '../../../src/render/language/docs.js'
import { packageProfile } from '../../support/profiles.js'

const found = <T>(value: T) => ({ value, source: 'detected' as const, evidence: [] })
const commonJs = packageProfile({ language: found('javascript'), modules: found('commonjs') })
const esm = packageProfile({ language: found('javascript'), modules: found('esm') })

const PAGE = [
  'The texts are in `client/src/billing/texts.ts`, the handlers in `server/billing/handlers.ts`.',
  '',
  '```ts',
  "import type { BillingHandlers } from './events.js'",
  "import { log } from './log.js'",
  '',
  'export const billingHandlers: BillingHandlers = { done: (event) => log(event) }',
  '```',
  '',
  '```tsx',
  'export const Plan = ({ name }: { name: string }) => <b>{name}</b>',
  '```',
  '',
].join('\n')

describe('the documentation of a host in JavaScript', () => {
  const sides = { server: commonJs, client: esm, clientDir: 'client/src' }

  it('has examples in the module system of the server', () => {
    const text = docsIn(PAGE, sides)

    expect(text).toContain("```js\nconst { log } = require('./log")
    expect(text).toContain('module.exports = { billingHandlers }')
    expect(text).not.toMatch(/BillingHandlers|```ts/)
    expect(docsIn(PAGE, { ...sides, server: esm })).toContain(
      "```js\nimport { log } from './log.js'",
    )
  })

  it('has examples of the front end without types', () => {
    const text = docsIn(PAGE, sides)

    expect(text).toMatch(/```jsx\nexport const Plan = \(\{ name \}\s*\) => <b>/)
  })

  it('calls files as they are called there', () => {
    const text = docsIn(PAGE, sides)

    expect(text).toContain('`client/src/billing/texts.js`')
    expect(text).toContain('`server/billing/handlers.js`')
  })

  it('leaves the side alone that is written in TypeScript', () => {
    const text = docsIn(PAGE, { ...sides, client: null })

    expect(text).toContain('`client/src/billing/texts.ts`')
    expect(text).toContain('```tsx')
    expect(text).toContain('`server/billing/handlers.js`')
  })
})
