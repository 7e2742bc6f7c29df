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
  {
    manifest = DEPENDS,
    limit = 60_000,
    config = CONFIG,
    originals = new Map<string, string>(),
  } = {},
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
  const found = await restyle({ plan, written: changes, originals, runs, limit })
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

  it('are all that is touched: no file on the disk, nor a line that the host wrote', async () => {
    const text = "import { b, a } from 'x'\nif (a) b()\n"
    const edit: Change = { path: 'server/other.js', action: 'modify', baseHash: 'x', content: text }
    const originals = new Map([['server/other.js', text]])
    const found = await restyled([edit, create(FILE, TEXT)], { originals })
    expect(found.changes.map(({ path }) => path)).toEqual([FILE])
    expect(await found.onDisk('server/other.js')).toBe(text)
    expect(await found.onDisk(FILE)).toBe(TEXT)
  })

  it('are joined by the lines that were added to a file of the host, where it was in its style', async () => {
    const original = "import { d } from 'd'\n\nd()\n"
    const edited = "import { d } from 'd'\nimport { b, a } from 'b'\n\nd()\na(b)\n"
    const edit: Change = { path: FILE, action: 'modify', baseHash: 'x', content: edited }
    const found = await restyled([edit], { originals: new Map([[FILE, original]]) })
    expect(found.changes).toMatchObject([
      { path: FILE, content: "import { d } from 'd'\nimport { a, b } from 'b'\n\nd()\na(b)\n" },
    ])
  })

  it('are not joined by those of a file that was not in its style', async () => {
    // A blank line below the imports, which would stand beside the line that was added.
    const config = `const spaced = { meta: { fixable: 'code' }, create: (context) => ({
  Program(node) {
    const { text } = context.sourceCode
    const found = /^import[^\\n]*\\n(?!import|\\n)/m.exec(text)
    if (!found) return
    const at = found.index + found[0].length
    context.report({ node, message: 'blank', fix: (fixer) => fixer.insertTextAfterRange([0, at], "\\n") })
  } }) }
export default [{ plugins: { own: { rules: { spaced } } }, rules: { 'own/spaced': 'error' } }]
`
    const edited = "import { d } from 'd'\nimport { a } from 'a'\nd()\na()\n"
    const edit: Change = { path: FILE, action: 'modify', baseHash: 'x', content: edited }
    const original = "import { d } from 'd'\nd()\n"
    const untidy = await restyled([edit], { originals: new Map([[FILE, original]]), config })
    expect(untidy.changes).toEqual([])

    const created = await restyled([create(FILE, edited)], { config })
    expect(created.changes).toHaveLength(1)
  })

  it('are not joined by those of a file that would be another program', async () => {
    const original = "import { d } from 'd'\n\nd()\n"
    const edited = `${original}d('e' + d)\n`
    const edit: Change = { path: FILE, action: 'modify', baseHash: 'x', content: edited }
    const found = await restyled([edit], { originals: new Map([[FILE, original]]) })
    expect(found.changes).toEqual([])
  })

  it('are not joined by those of a file in which a line of the host would move', async () => {
    const config = `const plugin = { rules: { last: { meta: { fixable: 'code' }, create: (context) => ({
  Program(node) {
    const { text } = context.sourceCode
    if (!text.includes('a(b)') || text.startsWith('d()')) return
    context.report({ node, message: 'order', fix: (fixer) =>
      fixer.replaceText(node, "d()\\n" + text.replace('d()\\n', '').trim()) })
  } }) } } }
export default [{ plugins: { own: plugin }, rules: { 'own/last': 'error' } }]
`
    const original = "import { d } from 'd'\nd()\n"
    const edit: Change = {
      path: FILE,
      action: 'modify',
      baseHash: 'x',
      content: "import { d } from 'd'\nimport { a, b } from 'b'\nd()\na(b)\n",
    }
    const found = await restyled([edit], { originals: new Map([[FILE, original]]), config })
    expect(found.changes).toEqual([])
    // The same correction of a new file is taken: nothing of the host is in it.
    const created = await restyled([create(FILE, edit.content)], { config })
    expect(created.changes).toHaveLength(1)
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
