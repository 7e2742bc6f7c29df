import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { copyDirectory, copyWithNode } from '../../src/tree/copy-directory.js'
import { emptyFolder, snapshot, write } from './support/host-folder.js'

let root: string
let source: string

beforeEach(() => {
  root = emptyFolder()
  source = join(root, 'source')
  for (let index = 0; index < 40; index += 1) write(source, `p${index}/index.js`, `${index}`)
  write(source, '-rf/index.js', 'a name like a flag')
  write(source, '.hidden/tool', '#!/bin/sh\n', 0o755)
  write(source, 'deep/er/and/deeper/file', '', 0o600)
  mkdirSync(join(source, 'empty'))
  symlinkSync('../p1', join(source, 'deep/link'))
  symlinkSync('nowhere', join(source, 'dangling'))
  utimesSync(join(source, 'p1/index.js'), 1, 1)
  utimesSync(join(source, 'p1'), 2, 2)
  chmodSync(join(source, 'p2'), 0o700)
  utimesSync(source, 3, 3)
})

afterEach(() => rmSync(root, { recursive: true }))

describe.each([
  ['with cp where there is one', copyDirectory],
  ['with Node', copyWithNode],
])('copying a folder %s', (_, copy) => {
  it('keeps bytes, modes, times and links, and shares no file', async () => {
    const target = join(root, 'target')
    await copy(source, target)
    expect(snapshot(target)).toEqual(snapshot(source))
    for (const [path, seconds] of Object.entries({ 'p1/index.js': 1, p1: 2, '': 3 })) {
      expect(statSync(join(target, path)).mtimeMs, path).toBe(seconds * 1000)
    }
    expect(statSync(join(target, 'p1/index.js')).nlink).toBe(1)
  })

  it('stops when aborted', async () => {
    const signal = AbortSignal.abort()
    await expect(copy(source, join(root, 'target'), { signal })).rejects.toThrow()
  })
})
