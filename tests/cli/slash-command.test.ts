import { describe, expect, test } from 'vitest'
import { withoutSlashCommand } from '../../src/cli/slash-command.js'

const TIERS = '3 tiers: Starter ($19), Pro ($49), Enterprise ($199), 14-day trial'

describe('the form that agents use', () => {
  test.each([
    `/integrate:polar [${TIERS}]`,
    `/integrate:polar ${TIERS}`,
    `integrate:polar [${TIERS}]`,
    `[${TIERS}]`,
    `  /integrate-polar: [ ${TIERS} ]  `,
    `/integrate:polar[${TIERS}]`,
    `/Integrate:Polar\n[${TIERS}]\n`,
    TIERS,
  ])('is the request inside it: %j', (words) => {
    expect(withoutSlashCommand(words)).toBe(TIERS)
  })

  test.each([
    '[Free] and [Pro $29/mo]',
    'Pro [$29/mo]',
    '[Pro $29/mo',
    'integrate Polar, Pro $29/mo',
    '/integrate:polarbear Pro $29/mo',
  ])('leaves others alone: %s', (words) => {
    expect(withoutSlashCommand(words)).toBe(words)
  })

  test.each(['/integrate:polar', '/integrate:polar []', '[]'])('can be empty: %s', (words) => {
    expect(withoutSlashCommand(words)).toBe('')
  })
})
