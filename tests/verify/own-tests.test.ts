import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hostRunners } from '../../src/stacks/tests/runners/registry.js'
import { hostCopies } from '../../src/verify/host-copies.js'
import { checkOwnTests } from '../../src/verify/own-tests.js'
import { hostProfile } from '../support/profiles.js'

/** What a script of package.json runs: prints this and ends so. */
interface Script {
  prints: string
  exitCode: number
}

const read = (output: string) => hostRunners.find(({ name }) => name === 'mocha')?.read(output)

/** A host whose tests do one thing where the server's file says 'before', and another after. */
async function check(before: Script, after: Script, test = 'node test.cjs') {
  const root = await mkdtemp(join(tmpdir(), 'own-tests-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const files = {
    'package.json': JSON.stringify({ name: 'notes', scripts: { test } }),
    'server.js': 'after',
    'test.cjs': `const { prints, exitCode } = (${JSON.stringify({ before, after })})[
  require('node:fs').readFileSync('server.js', 'utf8')
]
console.log(prints)
require('node:fs').writeFileSync('left-behind', '')
process.exitCode = exitCode`,
  }
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text)
  const changes = [{ path: 'server.js', action: 'modify' as const, baseHash: null }]
  const copies = hostCopies(root, [''], changes, new Map([['server.js', 'before']]))
  const runs = { signal: new AbortController().signal, onSpawn: async () => {}, report: () => {} }
  const host = { ...hostProfile(), root }
  return checkOwnTests(host, (output) => read(output) ?? { passed: 0, failures: [] }, copies, runs)
}

const PASSES = { prints: '  3 passing (12ms)', exitCode: 0 }
const ONE_FAILS = {
  prints: '  2 passing (9ms)\n  1 failing\n\n  1) notes are kept:\n     Error: no database',
  exitCode: 1,
}
const ANOTHER_FAILS = { ...ONE_FAILS, prints: ONE_FAILS.prints.replace('are kept', 'are shown') }

describe("the host's own tests beside billing's", { timeout: 60_000 }, () => {
  it('are counted where they pass', async () => {
    expect(await check(PASSES, PASSES)).toEqual({ status: 'passed', details: [], passed: 3 })
  })

  it('may fail as they did before', async () => {
    expect(await check(ONE_FAILS, ONE_FAILS)).toMatchObject({ status: 'passed', passed: 2 })
  })

  it('may not fail where they passed', async () => {
    expect(await check(PASSES, ONE_FAILS)).toMatchObject({
      status: 'failed',
      details: ['Your own tests: notes are kept'],
    })
  })

  it('may not fail in another place', async () => {
    expect(await check(ONE_FAILS, ANOTHER_FAILS)).toMatchObject({
      status: 'failed',
      details: ['Your own tests: notes are shown'],
    })
  })

  it('may not end with an error before they run', async () => {
    const broken = { prints: 'SyntaxError: Unexpected token', exitCode: 1 }
    expect(await check(PASSES, broken)).toMatchObject({
      status: 'failed',
      details: ['Your own tests: SyntaxError: Unexpected token'],
    })
    expect(await check(ONE_FAILS, broken)).toMatchObject({
      status: 'failed',
      details: ['Your own tests: 2 passed before, and 0 pass now'],
    })
  })

  it('are not run where they would watch for ever', async () => {
    const result = await check(PASSES, PASSES, 'mocha --watch')
    expect(result).toMatchObject({ status: 'skipped', passed: 0 })
  })
})

describe('what a runner prints', () => {
  it.each([
    ['jest', 'Tests:       1 failed, 1 skipped, 12 passed, 14 total', 12, []],
    [
      'jest',
      '  ● notes › are kept\n\n    expect(1)\n\nTests: 1 failed, 1 total',
      0,
      ['notes › are kept'],
    ],
    ['mocha', '  12 passing (3s)\n  2 pending\n', 12, []],
    ['mocha', '  1 passing\n  1 failing\n\n  1) notes\n       are kept:\n', 1, ['notes']],
    [
      'node',
      'ℹ tests 3\nℹ pass 2\nℹ fail 1\n✖ failing tests:\n✖ are kept (1.2ms)',
      2,
      ['are kept'],
    ],
    ['node', '# pass 5\n# fail 0', 5, []],
    ['ava', '  ✘ [fail]: are kept\n\n  4 tests passed\n  1 test failed', 4, ['are kept']],
    ['jasmine', '5 specs, 0 failures', 5, []],
    ['bun', ' 7 pass\n 1 fail\n(fail) are kept [0.2ms]', 7, ['are kept']],
  ])('%s: %j', (name, output, passed, failures) => {
    const runner = hostRunners.find((one) => one.name === name)
    expect(runner?.read(output)).toEqual({ passed, failures })
  })
})
