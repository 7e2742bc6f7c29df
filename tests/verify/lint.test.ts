import { mkdtemp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LintCheck } from '../../src/types.js'
import { hostCopies } from '../../src/verify/host-copies.js'
import { checkLint } from '../../src/verify/lint.js'
import { projectRoot } from '../support/host-copy.js'

const CONFIG = "export default [{ rules: { 'no-undef': 'error', 'prefer-const': 'warn' } }]\n"
const FILE = 'server/index.js'

/** A host whose lint script runs ESLint, with this in its one file. */
async function hostWith(
  text: string,
  scripts: object = { lint: 'eslint server' },
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'lint-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const manifest = JSON.stringify({ name: 'notes', type: 'module', scripts })
  const files = { 'package.json': manifest, 'eslint.config.js': CONFIG, [FILE]: text }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
  const eslint = join(projectRoot, 'node_modules/eslint/bin/eslint.js')
  await symlink(eslint, join(root, 'node_modules/.bin/eslint'))
  return root
}

/** @param before what stood in the file; null when it is new */
function check(
  root: string,
  before: string | null,
  changed = new Set<string>(),
): Promise<LintCheck> {
  const action = before === null ? 'create' : 'modify'
  const originals = new Map(before === null ? [] : [[FILE, before] as const])
  const copies = hostCopies(root, [], [{ path: FILE, action, baseHash: null }], originals)
  const runs = { signal: new AbortController().signal, onSpawn: async () => {}, report: () => {} }
  const packageManager = { value: 'npm' as const, source: 'detected' as const, evidence: [] }
  return checkLint({ root, manifest: 'package.json', packageManager }, changed, copies, runs)
}

describe('the check of the lint script', { timeout: 120_000 }, () => {
  it('passes where the linter finds nothing', async () => {
    const root = await hostWith('export const one = 1\n')
    expect(await check(root, null)).toMatchObject({ status: 'passed', details: [] })
  })

  it('fails on a problem that was not there before, and names the file', async () => {
    const root = await hostWith('missing()\n')
    expect(await check(root, 'export const one = 1\n')).toMatchObject({
      status: 'failed',
      details: [expect.stringMatching(/server\/index\.js.*'missing' is not defined/)],
      steps: [],
    })
  })

  it('says where all that it finds is in files of the run', async () => {
    const root = await hostWith('missing()\n')
    await writeFile(join(root, 'server/other.js'), 'export const one = 1\n')
    const found = await check(root, null, new Set([FILE]))
    expect(found).toMatchObject({
      status: 'failed',
      steps: [{ file: 'package.json', snippet: 'npm run lint' }],
    })
  })

  it('passes where a problem has only moved to another line', async () => {
    const root = await hostWith('export const one = 1\n\nmissing()\n')
    expect(await check(root, 'missing()\n')).toMatchObject({ status: 'passed', details: [] })
  })

  it('tells a new problem from one that was there', async () => {
    const root = await hostWith('missing()\nother()\n')
    expect(await check(root, 'missing()\n')).toMatchObject({
      status: 'failed',
      details: [expect.stringContaining("'other' is not defined")],
    })
  })

  it('passes with warnings that the script lets pass', async () => {
    const root = await hostWith('let one = 1\nexport { one }\n')
    expect(await check(root, null)).toMatchObject({ status: 'passed', details: [] })
  })

  it('changes nothing in the host, whatever the script corrects', async () => {
    const text = 'let one = 1\nexport { one }\n'
    const root = await hostWith(text, { lint: 'eslint server --fix' })

    expect(await check(root, null)).toMatchObject({ status: 'passed' })
    expect(await readFile(join(root, FILE), 'utf8')).toBe(text)
  })

  it('is skipped where the script fails by itself, and so has looked at nothing', async () => {
    const root = await hostWith('missing()\n', { lint: 'exit 1' })
    expect(await check(root, 'const one = 1\n')).toMatchObject({ status: 'skipped' })
  })

  it('is skipped where the host has no such script', async () => {
    const root = await hostWith('missing()\n', { test: 'vitest' })
    expect(await check(root, null)).toMatchObject({
      status: 'skipped',
      details: ['There is no lint script'],
    })
  })
})
