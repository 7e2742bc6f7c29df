import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restyle, type Restyled } from '../../src/verify/style/restyle.js'
import type { Change, HostProfile, Plan } from '../../src/types.js'
import { projectRoot } from '../support/host-copy.js'

const CONFIG = `export default [{ rules: {
  curly: 'error', 'sort-imports': 'error', 'prefer-template': 'error', 'no-undef': 'error'
} }]
`
const DEPENDS: object = { devDependencies: { eslint: '10' } }
const FILE = 'server/billing.js'
const TEXT = "import { b, a } from 'x'\nexport const c = () => {\n  if (a) b()\n}\n"

const create = (path: string, content: string): Change => ({
  path,
  action: 'create',
  baseHash: null,
  content,
})

/** A host with ESLint, with these changes written, and what they become. */
async function restyled(
  changes: Change[],
  { manifest = DEPENDS, limit = 60_000, config = CONFIG } = {},
): Promise<Restyled & { onDisk: (path: string) => Promise<string> }> {
  const root = await mkdtemp(join(tmpdir(), 'restyle-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const files = {
    'package.json': JSON.stringify({ type: 'module', ...manifest }),
    'eslint.config.js': config,
    'server/other.js': "import { b, a } from 'x'\nif (a) b()\n",
    ...Object.fromEntries(changes.map(({ path, content }) => [path, content])),
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
  const eslint = join(projectRoot, 'node_modules/eslint/bin/eslint.js')
  await symlink(eslint, join(root, 'node_modules/.bin/eslint'))
  const host = { root, packages: [{ dir: '' }] } as HostProfile
  const runs = { signal: new AbortController().signal, onSpawn: async () => {}, report: () => {} }
  const plan = { host, changes } as unknown as Plan
  const found = await restyle({ plan, written: changes, runs, limit })
  return { ...found, onDisk: (path) => readFile(join(root, path), 'utf8') }
}

describe('new files in the style of the host', { timeout: 120_000 }, () => {
  it('are as its linter corrects them', async () => {
    const { changes, programs } = await restyled([create(FILE, TEXT)])
    expect(programs).toEqual(['eslint'])
    expect(changes).toMatchObject([{ path: FILE, action: 'modify' }])
    expect(changes[0]?.content).toMatch(/if \(a\) \{\s*b\(\)\s*\}/)
    expect(changes[0]?.content).toContain("import { a, b } from 'x'")
  })

  it('are corrected although problems are left that it cannot correct', async () => {
    const { changes } = await restyled([create(FILE, `${TEXT}missing()\n`)])
    expect(changes).toHaveLength(1)
  })

  it('are left where it would write another program', async () => {
    const { changes } = await restyled([
      create(FILE, `${TEXT}export const d = (e) => 'f' + e\n`),
      create('server/other-billing.js', TEXT),
    ])
    expect(changes.map(({ path }) => path)).toEqual(['server/other-billing.js'])
  })

  it('are all that is touched: no file of the host, nor what is written by nobody but us', async () => {
    const text = "import { b, a } from 'x'\nif (a) b()\n"
    const edit: Change = { path: 'server/other.js', action: 'modify', baseHash: 'x', content: text }
    const found = await restyled([edit, create(FILE, TEXT)])
    expect(found.changes.map(({ path }) => path)).toEqual([FILE])
    expect(await found.onDisk('server/other.js')).toBe(text)
    expect(await found.onDisk(FILE)).toBe(TEXT)
  })

  it('are left by a linter that came with another package', async () => {
    const { changes, programs } = await restyled([create(FILE, TEXT)], { manifest: {} })
    expect({ changes, programs }).toEqual({ changes: [], programs: [] })
  })

  it('are corrected by a linter that only a script names', async () => {
    const { changes } = await restyled([create(FILE, TEXT)], {
      manifest: { scripts: { lint: 'eslint server' } },
    })
    expect(changes).toHaveLength(1)
  })

  it('are left where it fails', async () => {
    const { changes } = await restyled([create(FILE, TEXT)], { config: 'nonsense(' })
    expect(changes).toEqual([])
  })

  it('are left where it does not end', async () => {
    const config =
      'await new Promise((resolve) => setTimeout(resolve, 60_000))\nexport default []\n'
    const { changes } = await restyled([create(FILE, TEXT)], { config, limit: 3_000 })
    expect(changes).toEqual([])
  })
})
