import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { executable, hostCopy, REQUEST, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

const FIXED = { SOURCE_DATE_EPOCH: '1764000000' }
const NO_CHECKS = ['--yes', '--no-install', '--no-verify']

describe('--diff', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
  })
  afterEach(() => discard(host))

  /** Plans into a file in a shell, as a person would, and lets git apply it. */
  async function apply(request: string, flags: string): Promise<void> {
    const command = `"$NODE" "$CLI" plan "$REQUEST" ${flags} > x.patch && git apply x.patch && rm x.patch`
    const env = { ...FIXED, NODE: process.execPath, CLI: executable, REQUEST: request }
    const run = await execa('sh', ['-c', command], { cwd: host, env, reject: false })
    expect(run.exitCode, run.stderr).toBe(0)
  }

  function filesIn(patch: string): string[] {
    return [...patch.matchAll(/^diff --git a\/(.*) b\/.*$/gm)].map(([, path]) => path ?? '')
  }

  test('into a file is a patch from which git makes what a run writes', async () => {
    const other = await hostCopy({ packages: false })
    await apply(REQUEST, '--diff')
    expect((await runCli(other, [REQUEST, ...NO_CHECKS], FIXED)).exitCode).toBe(0)
    await discard(join(other, '.integrate-polar'))
    expect(differences(snapshot(host), snapshot(other))).toEqual([])
    expect(snapshot(host).has('server/routes/billing.routes.ts')).toBe(true)
    await discard(other)
  })

  test('keeps the line endings of the files that it changes', async () => {
    const app = join(host, 'server/app.ts')
    await writeFile(app, (await readFile(app, 'utf8')).replaceAll('\n', '\r\n'))
    await apply('Pro $29/mo', '--diff server/app.ts')
    const text = await readFile(app, 'utf8')
    expect(text).toContain("app.use('/api/billing', billingRouter);\r\n")
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('has nothing but the patch on standard output, and colors nowhere', async () => {
    const run = await runCli(host, ['plan', 'Pro $29/mo', '--diff'], { FORCE_COLOR: '3' })
    expect(run.exitCode).toBe(0)
    for (const line of run.stdout.split('\n'))
      expect(line).toMatch(/^(?:[-+ @\\]|diff |new file|$)/)
    expect(run.stderr).toContain('Nothing was written')
    expect(`${run.stdout}${run.stderr}`).not.toContain('\u001b')
  })

  test('shows one file, one folder, or says that nothing changes there', async () => {
    const shown = async (...args: string[]) => {
      const run = await runCli(host, ['plan', 'Pro $29/mo', ...args])
      expect(run.exitCode).toBe(0)
      return { files: filesIn(run.stdout), stderr: run.stderr }
    }
    expect((await shown('--diff', 'server/app.ts')).files).toEqual(['server/app.ts'])
    const docs = (await shown('--diff', 'docs/billing/')).files
    expect(docs.length).toBeGreaterThan(1)
    expect(docs.filter((path) => !path.startsWith('docs/billing/'))).toEqual([])
    const sub = await runCli(join(host, 'server'), ['plan', 'Pro $29/mo', '--diff', 'app.ts'])
    expect(filesIn(sub.stdout)).toEqual(['server/app.ts'])
    const none = await shown('--diff', 'no/such/folder')
    expect(none.files).toEqual([])
    expect(none.stderr).toContain('Nothing changes below no/such/folder')
  })

  test('with --json has the diffs of what is asked for', async () => {
    const run = await runCli(host, ['plan', 'Pro $29/mo', '--diff', 'server/app.ts', '--json'])
    const changes = run.events().at(-1)?.['changes'] as { path: string; diff?: string }[]
    const withDiff = changes.filter(({ diff }) => diff !== undefined)
    expect(withDiff.map(({ path }) => path)).toEqual(['server/app.ts'])
    expect(changes.length).toBeGreaterThan(10)
  })

  test('is no part of the request, and the request none of it', async () => {
    const run = await runCli(host, ['plan', '--diff', 'Pro $29/mo'])
    expect(run.exitCode).toBe(0)
    expect(filesIn(run.stdout)).toContain('server/app.ts')
  })

  test('--verbose lists every file; without it they are counted', async () => {
    const counted = await runCli(host, ['plan', 'Pro $29/mo'])
    expect(counted.stdout).not.toContain('server/routes/billing.routes.ts')
    expect(counted.stdout).toMatch(/Documentation +3 +docs\//)
    const listed = await runCli(host, ['plan', 'Pro $29/mo', '--verbose'])
    expect(listed.stdout).toContain('+ server/routes/billing.routes.ts')
    expect(listed.stdout).toContain('~ server/app.ts')
  })
})
