import { Volume } from 'memfs'
import { describe, expect, it } from 'vitest'
import { finish } from '../../src/plan/finish.js'
import { formatterFor } from '../../src/render/format.js'
import { hostFiles, type ReadableFs } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { hostProfile } from '../support/profiles.js'

const format = formatterFor({
  ...hostProfile().format,
  options: { semi: false, singleQuote: true },
})

/** What is written of one change to a host that has these files. */
async function written(
  files: Record<string, string>,
  stage: (tree: StagedTree) => void,
  paths: { rendered?: string[]; edited?: string[] },
) {
  const volume = Volume.fromJSON({ '/host/README.md': '' })
  for (const [path, text] of Object.entries(files)) volume.writeFileSync(`/host/${path}`, text)
  const tree = new StagedTree(hostFiles('/host', volume as unknown as ReadableFs))
  stage(tree)
  const rendered = new Set(paths.rendered)
  const edited = new Set(paths.edited)
  const changes = await finish(tree.changes(), { rendered, edited, tree, format })
  return Object.fromEntries(changes.map(({ path, content }) => [path, content]))
}

/** What is written of an edit of the host's app file. */
async function edited(before: string, after: string) {
  const stage = (tree: StagedTree) => tree.modify('app.ts', after)
  return (await written({ 'app.ts': before }, stage, { edited: ['app.ts'] }))['app.ts']
}

describe('changes as they are written', () => {
  it('formats new files, each as what it is', async () => {
    const stage = (tree: StagedTree) => {
      tree.create('a.ts', 'const a: number = "1";')
      tree.create('b.md', '*  one')
      tree.create('c.sql', 'select   1;')
    }
    expect(await written({}, stage, { rendered: ['a.ts', 'b.md', 'c.sql'] })).toEqual({
      'a.ts': "const a: number = '1'\n",
      'b.md': '- one\n',
      'c.sql': 'select   1;',
    })
  })

  it('keeps a file of the host formatted that was so before its edit', async () => {
    expect(await edited("const a = '1'\n", 'const a = \'1\'\nconst b = "2";')).toBe(
      "const a = '1'\nconst b = '2'\n",
    )
  })

  it('changes nothing but the edit where the host does not format', async () => {
    const after = 'const a = "1";\nconst b = "2";'
    expect(await edited('const a = "1";\n', after)).toBe(after)
  })

  it('leaves an edited file that cannot be read as it was edited', async () => {
    const after = 'const a = ;\nuse()'
    expect(await edited('const a = ;\n', after)).toBe(after)
  })

  it('leaves a file alone that is neither rendered nor edited as code', async () => {
    const stage = (tree: StagedTree) => tree.modify('package.json', '{"a":1}')
    expect(await written({ 'package.json': '{}\n' }, stage, {})).toEqual({
      'package.json': '{"a":1}',
    })
  })

  it('writes no template that gave what is no code', async () => {
    const stage = (tree: StagedTree) => tree.create('a.ts', 'const = 1')
    await expect(written({}, stage, { rendered: ['a.ts'] })).rejects.toThrow('a.ts')
  })
})
