import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'
import { KEYS, startTerminal } from '../../support/terminal.js'
import { widthOf } from '../../../src/cli/screen/wrap.js'

const NO_CHECKS = ['--no-install', '--no-verify', '--no-trial']
const QUESTION = 'Write these changes?'

describe('in a terminal', () => {
  let host: string
  let before: Map<string, string>
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    before = snapshot(host)
  })
  afterEach(() => discard(host))

  function expectUntouched(): void {
    expect(differences(before, snapshot(host))).toEqual([])
  }

  test('what is asked is on the screen when it is asked', async () => {
    const terminal = startTerminal([REQUEST, ...NO_CHECKS], { cwd: host, rows: 24 })
    await terminal.waitFor(QUESTION)
    await terminal.waitFor('Cancel')
    const words = terminal.words()
    const places = [
      'Your own files that change',
      'server/app.ts  +6',
      "+  app.use('/api/webhooks/polar', polarWebhookRouter);",
      'package.json  +7 -1',
      'more: --diff package.json',
      'New files',
      'Packages to add',
      '@polar-sh/sdk',
      'Prices, as read',
      '$29.00 per month',
      '$99.00 per month',
      QUESTION,
      /Write \d+ files/.exec(words)?.[0] ?? 'how many files are written',
      'Show the diff',
      'Cancel',
    ].map((piece) => words.lastIndexOf(piece))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
    // Two hundred names are not on it.
    expect(words).not.toContain('billing.routes.ts\n')
    terminal.write(KEYS.interrupt)
    await terminal.exit
  })

  test.each([
    ['Cancel', [KEYS.down, KEYS.down, KEYS.enter]],
    ['Escape', [KEYS.escape]],
  ])('%s writes nothing and is no failure', async (_, keys) => {
    const terminal = startTerminal([REQUEST, ...NO_CHECKS], { cwd: host })
    await terminal.waitFor('Cancel')
    for (const key of keys) terminal.write(key)
    expect(await terminal.exit).toBe(0)
    expect(terminal.words()).toContain('Nothing was written.')
    expect(terminal.words()).not.toMatch(/Interrupted|Failed/)
    expectUntouched()
  })

  test.each([
    ['what is sold', NO_CHECKS, 'What do you sell?'],
    ['the trial', ['Pro $29/mo, Team $99/mo'], 'No trial is named'],
    ['the consent', [REQUEST, ...NO_CHECKS], QUESTION],
  ])('Ctrl-C at the question for %s is 130', async (_, args, question) => {
    const terminal = startTerminal(args, { cwd: host })
    await terminal.waitFor(question)
    terminal.write(KEYS.interrupt)
    expect(await terminal.exit).toBe(130)
    expectUntouched()
  })

  test('asks for what is sold, and writes what was consented to', async () => {
    const terminal = startTerminal(NO_CHECKS, { cwd: host })
    await terminal.waitFor('What do you sell?')
    expect(terminal.words().indexOf('express 5')).toBeGreaterThan(0)
    terminal.write(`/integrate:polar [Free, Pro ($29/mo)]${KEYS.enter}`)
    await terminal.waitFor('Cancel')
    expect(terminal.words()).toContain('$29.00 per month')
    terminal.write(KEYS.enter)
    expect(await terminal.exit).toBe(0)
    expect(snapshot(host).has('server/routes/billing.routes.ts')).toBe(true)
  })

  test('the diff goes through the pager, in colors, and the question comes again', async () => {
    const env = {
      PAGER: 'cat > "$SEEN"',
      SEEN: join(host, '../', `${host.split('/').at(-1)}.seen`),
    }
    const terminal = startTerminal([REQUEST, ...NO_CHECKS], { cwd: host, env })
    await terminal.waitFor('Cancel')
    const shown = terminal.words().length
    terminal.write(KEYS.down)
    terminal.write(KEYS.enter)
    await terminal.waitFor('Formatting', shown)
    await terminal.waitFor('Cancel', terminal.words().lastIndexOf('Formatting'))
    terminal.write(KEYS.interrupt)
    expect(await terminal.exit).toBe(130)
    const seen = await readFile(env.SEEN, 'utf8')
    expect(seen).toContain('\u001b[32m+import { billingRouter }')
    expect(seen).toContain('\u001b[1mdiff --git a/server/app.ts b/server/app.ts')
    await discard(env.SEEN)
    expectUntouched()
  })

  test('a short diff stands on the screen itself; a pager that is not there is done without', async () => {
    const args = ['plan', 'Pro $29/mo', '--no-trial', '--diff']
    const env = { PAGER: 'no-such-pager' }
    const short = startTerminal([...args, 'client/src/App.tsx'], { cwd: host, env, rows: 60 })
    expect(await short.exit).toBe(0)
    expect(short.words()).toContain('diff --git a/client/src/App.tsx')
    expect(short.words()).not.toContain('no-such-pager')
    const long = startTerminal(args, { cwd: host, env })
    expect(await long.exit).toBe(0)
    expect(long.words()).toContain('diff --git a/client/src/App.tsx')
  })

  test('NO_COLOR leaves every color out', async () => {
    const env = { NO_COLOR: '1', FORCE_COLOR: '1' }
    const args = ['plan', 'Pro $29/mo', '--no-trial', '--diff', 'server/app.ts']
    const terminal = startTerminal(args, { cwd: host, env, rows: 200 })
    expect(await terminal.exit).toBe(0)
    // eslint-disable-next-line no-control-regex -- the sequences that set colors
    expect(terminal.output()).not.toMatch(/\u001b\[[\d;]*m/)
    const colored = startTerminal(args, { cwd: host, rows: 200 })
    await colored.exit
    expect(colored.output()).toContain('\u001b[32m+')
  })

  test('the folder is looked at before anything is asked', async () => {
    const empty = join(host, 'empty')
    await mkdir(join(empty, '.git'), { recursive: true })
    const terminal = startTerminal([], { cwd: empty })
    expect(await terminal.exit).toBe(4)
    expect(terminal.words()).toContain('no package.json')
    expect(terminal.words()).not.toContain('What do you sell?')
  })

  test.each([60, 80])('no line is wider than %i columns, however long the names', async (cols) => {
    const long = 'Extraordinarily Comprehensive Enterprise Everything Plan'
    const terminal = startTerminal(['plan', `${long} $29/mo, Team $99/mo`], {
      cwd: host,
      cols,
      rows: 60,
    })
    await terminal.waitFor('No trial is named')
    terminal.write(KEYS.enter)
    expect(await terminal.exit).toBe(0)
    const wide = terminal
      .words()
      .split('\n')
      .filter((line) => widthOf(line) > cols)
    expect(wide).toEqual([])
    expect(terminal.words()).toContain('$29.00')
  })
})

describe('hostile text', () => {
  test('never reaches the screen as it is', async () => {
    const host = await hostCopy({ packages: false })
    const evil = '\u001b]0;title\u0007\u001b[2J\u202e\u009b31m'
    const app = join(host, 'server/app.ts')
    const code = await readFile(app, 'utf8')
    await writeFile(app, code.replace(/projects\.routes\.js';/, `$& // ${evil}`))
    await writeFile(join(host, `new${evil.replace('/', '')}.txt`), '')
    await execa('git', ['init', '--quiet'], { cwd: host })
    const runs = [
      await runCli(host, ['plan', 'Pro $29/mo']),
      await runCli(host, ['plan', `Pro${evil} $29/mo, ${evil}`]),
      await runCli(host, [`--${evil}`]),
      await runCli(host, ['plan', 'Pro $29/mo', '--server', evil]),
      await runCli(host, ['plan', 'Pro $29/mo', '--cwd', evil]),
      await runCli(host, ['plan', 'Pro $29/mo', '--spec', evil]),
    ]
    for (const { stdout, stderr } of runs) {
      // eslint-disable-next-line no-control-regex -- these are the ones that must not be there
      expect(`${stdout}${stderr}`).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
    }
    expect(runs[0]?.stdout).toContain('<U+001B>]0;title')
    expect(runs[0]?.stdout).toContain('<U+202E>')
    const args = ['plan', 'Pro $29/mo', '--no-trial', '--diff', 'server/app.ts']
    const terminal = startTerminal(args, { cwd: host, rows: 200 })
    expect(await terminal.exit).toBe(0)
    expect(terminal.words()).toContain('<U+001B>]0;title')
    for (const sequence of ['\u001b]0;', '\u001b[2J', '\u202e', '\u009b']) {
      expect(terminal.output()).not.toContain(sequence)
    }
    await discard(host)
  })
})
