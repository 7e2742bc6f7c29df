import { Volume } from 'memfs'
import { describe, expect, it } from 'vitest'
import { contentHash } from '../../src/tree/content-hash.js'
import { TreeRefusal } from '../../src/tree/errors.js'
import { hostFiles, type ReadableFs } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'

function treeOver(prepare: (volume: Volume) => void): StagedTree {
  const volume = Volume.fromJSON({ '/host/a.ts': 'a\r\n', '/host/dir/b.ts': 'b', '/other/x': 'x' })
  prepare(volume)
  return new StagedTree(hostFiles('/host', volume as unknown as ReadableFs))
}

const tree = (): StagedTree => treeOver(() => undefined)

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (cause) {
    if (cause instanceof TreeRefusal) return cause.error.code
    throw cause
  }
  return 'none'
}

describe('StagedTree', () => {
  it('reads the host until something is staged', () => {
    const staged = tree()
    expect(staged.read('a.ts')).toBe('a\r\n')
    expect(staged.read('none.ts')).toBeNull()
    staged.modify('a.ts', 'c\r\n')
    expect(staged.read('a.ts')).toBe('c\r\n')
    expect(staged.readHost('a.ts')).toBe('a\r\n')
  })

  it('lists changes in the order they were staged, with what they were computed from', () => {
    const staged = tree()
    staged.create('new.ts', 'new', { template: 'features/x/new.ts.hbs' })
    staged.modify('a.ts', 'c')
    staged.modify('new.ts', 'newer')
    expect(staged.changes()).toEqual([
      {
        path: 'new.ts',
        action: 'create',
        content: 'newer',
        baseHash: null,
        template: 'features/x/new.ts.hbs',
      },
      { path: 'a.ts', action: 'modify', content: 'c', baseHash: contentHash('a\r\n') },
    ])
  })

  it('has no change where the content is the host’s', () => {
    const staged = tree()
    staged.create('a.ts', 'a\r\n')
    staged.modify('dir/b.ts', 'c')
    staged.modify('dir/b.ts', 'b')
    expect(staged.changes()).toEqual([])
    expect(staged.conflicts()).toEqual([])
  })

  it('computes the base hash from what was read, not from what the file became since', () => {
    const volume = Volume.fromJSON({ '/host/a.ts': 'old' })
    const staged = new StagedTree(hostFiles('/host', volume as unknown as ReadableFs))
    staged.read('a.ts')
    volume.writeFileSync('/host/a.ts', 'edited')
    staged.modify('a.ts', 'mine')
    expect(staged.changes()[0]?.baseHash).toBe(contentHash('old'))
  })

  it('makes a conflict of creating a file that exists with other content', () => {
    const staged = tree()
    staged.create('a.ts', 'mine')
    expect(staged.changes()).toEqual([])
    expect(staged.conflicts()).toEqual([
      { path: 'a.ts', reason: 'a.ts exists with other content.' },
    ])
  })

  it('makes a conflict of a file where a folder is, below a file, and made twice', () => {
    const staged = tree()
    staged.create('dir', 'x')
    staged.create('a.ts/inner.ts', 'x')
    staged.create('twice.ts', '1')
    staged.create('twice.ts', '2')
    expect(staged.conflicts().map(({ path }) => path)).toEqual(['dir', 'a.ts/inner.ts', 'twice.ts'])
    expect(staged.changes()).toEqual([])
  })

  it('refuses to modify what is not there', () => {
    expect(codeOf(() => tree().modify('none.ts', 'x'))).toBe('not_found')
  })

  it.each([
    '',
    '.',
    '..',
    '../other/x',
    'dir/../../other/x',
    'dir/../a.ts',
    '/host/a.ts',
    './a.ts',
    'dir//b.ts',
    'dir/',
    'C:/x',
    'c:x',
    'dir\\b.ts',
    'a\0.ts',
  ])('refuses the path %j', (path) => {
    expect(codeOf(() => tree().read(path))).toBe('outside_root')
    expect(codeOf(() => tree().create(path, 'x'))).toBe('outside_root')
    expect(codeOf(() => tree().modify(path, 'x'))).toBe('outside_root')
  })

  it.each([
    '.git/config',
    'node_modules/x/index.js',
    'web/node_modules/x',
    '.integrate-polar/x',
    '.GIT/hooks/x',
  ])('refuses the reserved path %s', (path) => {
    expect(codeOf(() => tree().create(path, 'x'))).toBe('reserved_path')
  })

  it('accepts names that only look dangerous', () => {
    const staged = tree()
    const names = ['..a/b', 'a..b', '...', '.gitignore', 'node_modules.md', 'dir/ü ß.ts', '-rf']
    for (const name of names) staged.create(name, 'x')
    expect(staged.changes().map(({ path }) => path)).toEqual(names)
  })

  it('follows links inside the root and no further', () => {
    const staged = treeOver((volume) => {
      volume.symlinkSync('/host/dir', '/host/inside')
      volume.symlinkSync('/other', '/host/outside')
      volume.symlinkSync('/nowhere', '/host/dangling')
      volume.symlinkSync('/hostile', '/host/prefix')
      volume.mkdirSync('/hostile')
    })
    expect(staged.read('inside/b.ts')).toBe('b')
    for (const path of ['outside/x', 'outside/new', 'dangling', 'prefix/x']) {
      expect(
        codeOf(() => staged.read(path)),
        path,
      ).toBe('outside_root')
      staged.create(path, 'x')
    }
    expect(staged.changes()).toEqual([])
    expect(staged.conflicts()).toHaveLength(4)
  })

  it('refuses a file that is not valid UTF-8, and keeps a byte order mark', () => {
    const staged = treeOver((volume) => {
      volume.writeFileSync('/host/latin.ts', Buffer.from([0x61, 0xe4, 0x0a]))
      volume.writeFileSync('/host/bom.ts', Buffer.from([0xef, 0xbb, 0xbf, 0x61]))
    })
    expect(codeOf(() => staged.read('latin.ts'))).toBe('not_utf8')
    expect(codeOf(() => staged.modify('latin.ts', 'ä'))).toBe('not_utf8')
    expect(staged.read('bom.ts')).toBe('\uFEFFa')
  })
})
