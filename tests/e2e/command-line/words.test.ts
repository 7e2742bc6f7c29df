import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { hostCopy, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

const TIERS = '3 tiers: Starter ($19), Pro ($49), Enterprise ($199), 14-day trial'

describe('words on the command line', () => {
  let host: string
  let before: Map<string, string>

  beforeAll(async () => {
    host = await hostCopy({ packages: false })
    before = snapshot(host)
  })
  afterAll(() => discard(host))

  async function resultOf(args: string[]): Promise<Result> {
    const run = await runCli(host, [...args, '--json'])
    expect(run.stderr).toBe('')
    return run.events().at(-1) as unknown as Result
  }

  function namesIn({ spec }: Result): string[] {
    return [...(spec?.tiers ?? []), ...(spec?.products ?? []), ...(spec?.meters ?? [])].map(
      ({ name }) => name,
    )
  }

  test.each([
    ['paln', 'plan', ['paln', 'Pro $29/mo']],
    ['update', 'plan', ['update', 'Pro $29/mo']],
    ['doctor', 'inspect', ['doctor', 'Pro $29/mo']],
    ['remove', 'undo', ['remove', 'Pro $29/mo']],
    ['analyze', 'inspect', ['analyze', 'Pro $29/mo']],
    ['frobnicate', 'The commands are plan', ['frobnicate', 'Pro $29/mo']],
    ['Paln', 'plan', ['Paln', '3 tiers: Free, Pro ($29/mo)']],
    ['add', 'The commands are plan', ['add', 'Pro $29/mo']],
    ['pln', 'plan', ['pln', 'Pro', '29', 'USD/mo']],
    ['upgrade', 'plan', ['upgrade', 'Pro', '29', 'USD/mo']],
    ['uninstall', 'undo', ['uninstall', 'polar']],
    ['doctor', 'inspect', ['doctor']],
    ['Pro', 'The commands are plan', ['Pro']],
    ['plan', 'plan', ['Pro $29/mo', 'plan']],
    ['undo', 'undo', ['Pro $29/mo', 'undo']],
    ['undo', 'undo', ['Pro', '29', 'USD/mo', 'undo']],
    ['schema', 'schema', ['Pro $29/mo', '--yes', 'schema']],
    ['paln', 'plan', ['Pro $29/mo', 'paln']],
    ['update', 'plan', ['plan', 'update', 'Pro $29/mo']],
    ['plan', 'plan', ['plan', 'plan', 'Pro $29/mo']],
    ['doctor', 'inspect', ['--yes', 'doctor', 'Pro $29/mo']],
  ])('%s is no product: %s is meant, exit 2, nothing written', async (word, meant, args) => {
    const run = await runCli(host, [...args, '--yes', '--no-install', '--no-verify', '--json'])
    expect(run.exitCode).toBe(2)
    expect(run.events().at(-1)).toMatchObject({ type: 'result', status: 'failed', exitCode: 2 })
    const error = run.events().find(({ type }) => type === 'error')
    expect(error).toMatchObject({ code: 'usage' })
    expect(error?.['message']).toContain(`"${word}"`)
    expect(error?.['hint']).toContain(meant)
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('the nearest command is said as it can be pasted', async () => {
    const run = await runCli(host, ['paln', 'Pro $29/mo', '--no-trial'])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain("Did you mean: integrate-polar plan 'Pro $29/mo' --no-trial\n")
    const behind = await runCli(host, ['Pro $29/mo', 'plan'])
    expect(behind.stderr).toContain('a command comes first')
  })

  test.each([
    [['Pro'], 'Pro 29 USD/mo'],
    [['Pro'], 'pro 29 usd/mo'],
    [['Pro'], 'Pro plan 29 USD/mo'],
    [['Pro'], 'Pro $29/mo'],
    [['Pro', 'Team'], 'Pro $29/mo Team $99/mo'],
    [['Plus'], 'plus 29 USD/mo'],
    [['Free', 'Pro'], 'Free, Pro 29 USD/mo'],
    [['Free', 'Pro', 'Team'], '3 tiers: Free, Pro 29 USD/mo, Team 99 USD/mo'],
    [['Starter', 'Pro'], 'starter 9 USD/mo, pro 29 USD/mo'],
    [['Starter'], 'Starter: $9/mo'],
    [['Team'], 'Team 15 USD per seat per month'],
    [['Pro'], 'add billing with Pro 29 USD/mo'],
    [['Pro'], 'integrate Polar Pro 29 USD/mo'],
    [['Pro'], 'create a Pro plan at 29 USD/mo'],
    [['Pro'], 'set up Pro 29 USD/mo'],
    [['Course'], 'sell course for 299 USD once'],
    [['Course'], 'one-time course 299 USD'],
    [['Reports'], 'charge 0.25 USD per report'],
    [['API calls'], 'usage 0.01 USD per API call'],
    [['Starter', 'Pro', 'Enterprise'], `/integrate:polar [${TIERS}]`],
    [['Starter', 'Pro', 'Enterprise'], `/integrate:polar ${TIERS}`],
    [['Starter', 'Pro', 'Enterprise'], `[${TIERS}]`],
  ])('%j is read from words that the shell has split: %s', async (names, words) => {
    const result = await resultOf(['plan', ...words.split(' ')])
    expect(result).toMatchObject({ status: 'planned', exitCode: 0 })
    expect(namesIn(result)).toEqual(names)
  })

  test.each([
    [['Pro'], ['Pro', '$29 per month']],
    [['Pro'], ['Pro', '29 USD per month']],
    [
      ['Free', 'Pro'],
      ['Free,', 'Pro $29/mo'],
    ],
    [['Pro'], ['add', 'billing', 'for', 'Pro $29/mo']],
    [['Pro'], ['--diff', 'Pro $29/mo']],
    [['Pro'], ['--diff', 'Pro', '29', 'USD/mo']],
    [['Pro'], ['--diff', 'server/app.ts', 'Pro', '29', 'USD/mo']],
    [['Starter', 'Pro', 'Enterprise'], [`/integrate:polar [${TIERS}]`]],
    [['Starter', 'Pro', 'Enterprise'], [`/integrate:polar ${TIERS}`]],
    [
      ['Starter', 'Pro', 'Enterprise'],
      ['/integrate:polar', `[${TIERS}]`],
    ],
    [
      ['Starter', 'Pro', 'Enterprise'],
      ['/integrate:polar', TIERS],
    ],
    [['Starter', 'Pro', 'Enterprise'], [`[${TIERS}]`]],
    [['Starter', 'Pro', 'Enterprise'], [TIERS]],
  ])('%j is read from words in quotes: %j', async (names, args) => {
    const result = await resultOf(['plan', ...args])
    expect(result).toMatchObject({ status: 'planned', exitCode: 0 })
    expect(namesIn(result)).toEqual(names)
  })

  test.each([[['help']], [['--help']], [['-h']]])('%j lists the commands', async (args) => {
    const run = await runCli(host, args)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    for (const name of ['plan', 'undo', 'schema']) expect(run.stdout).toContain(`\n  ${name}`)
  })

  test('help shows one command, and knows which there are', async () => {
    const run = await runCli(host, ['help', 'plan'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(run.stdout).toContain('Usage: integrate-polar plan')
    const wrong = await runCli(host, ['help', 'paln'])
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' })
    expect(wrong.stderr).toContain('Did you mean: integrate-polar help plan')
  })
})
