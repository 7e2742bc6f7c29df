import { describe, expect, test } from 'vitest'
import { settleDiffFlag } from '../../src/cli/diff-flag.js'
import { projectRoot } from '../support/host-copy.js'

/** Arguments with `|` between them; the current folder is this repository, which has `src`. */
function settle(args: string): string {
  return settleDiffFlag(args.split('|'), projectRoot).join('|')
}

describe('what --diff takes with it', () => {
  test.each([
    ['plan|--diff|Pro $29/mo', 'plan|--diff=|Pro $29/mo'],
    ['plan|--diff|$29/mo', 'plan|--diff=|$29/mo'],
    ['plan|--diff|Pro|29|USD/mo', 'plan|--diff=|Pro|29|USD/mo'],
    ['plan|Pro|29|--diff|USD/mo', 'plan|Pro|29|--diff=|USD/mo'],
    ['plan|Pro|--diff|29/mo', 'plan|Pro|--diff=|29/mo'],
    ['--diff|plan|Pro $29/mo', '--diff=|plan|Pro $29/mo'],
    ['plan|Pro $29/mo|--diff', 'plan|Pro $29/mo|--diff='],
    ['plan|--diff|Pro|29 USD per month', 'plan|--diff=|Pro|29 USD per month'],
    ['--diff|/integrate:polar|[Pro $29/mo]', '--diff=|/integrate:polar|[Pro $29/mo]'],
    ['plan|--diff|--json|Pro $29/mo', 'plan|--diff=|--json|Pro $29/mo'],
    ['plan|--|--diff|server/app.ts', 'plan|--|--diff|server/app.ts'],
  ])('is no request: %s', (args, settled) => {
    expect(settle(args)).toBe(settled)
  })

  test.each([
    ['plan|Pro $29/mo|--diff|server/app.ts', 'plan|Pro $29/mo|--diff=server/app.ts'],
    ['plan|--diff|server/app.ts|Pro|29|USD/mo', 'plan|--diff=server/app.ts|Pro|29|USD/mo'],
    ['plan|--diff|package.json|Pro $29/mo', 'plan|--diff=package.json|Pro $29/mo'],
    ['plan|--diff|.env.example|Pro $29/mo', 'plan|--diff=.env.example|Pro $29/mo'],
    ['plan|--diff|src|Pro|29|USD/mo', 'plan|--diff=src|Pro|29|USD/mo'],
    ['plan|Pro $29/mo|--diff|docs', 'plan|Pro $29/mo|--diff=docs'],
    ['--spec|a.yaml|--diff|docs', '--spec|a.yaml|--diff=docs'],
    ['plan|--diff=docs|Pro', 'plan|--diff=docs|Pro'],
  ])('is a path: %s', (args, settled) => {
    expect(settle(args)).toBe(settled)
  })
})
