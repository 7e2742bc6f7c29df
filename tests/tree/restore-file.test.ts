import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { contentHash } from '../../src/tree/content-hash.js'
import { restoreFile } from '../../src/tree/restore-file.js'
import { emptyFolder, snapshot, write } from './support/host-folder.js'

const TRANSACTION = '.integrate-polar/transaction'
const full = vi.hoisted(() => ({ code: '' }))

vi.mock(import('../../src/tree/durable.js'), async (original) => {
  const durable = await original()
  return {
    ...durable,
    writeDurable: (...args: Parameters<typeof durable.writeDurable>) =>
      full.code === ''
        ? durable.writeDurable(...args)
        : Promise.reject(Object.assign(new Error('full'), { code: full.code, syscall: 'write' })),
  }
})

let root: string
const before = { copy: 'before/1', hash: contentHash('prior\n'), mode: 0o640, mtime: 1_000 }
const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

beforeEach(() => {
  root = emptyFolder()
  write(root, 'file', 'changed\n')
  write(root, `${TRANSACTION}/before/1`, 'prior\n', 0o600)
  mkdirSync(join(root, TRANSACTION, 'work'))
})

afterEach(() => rmSync(root, { recursive: true }))

it.each(['', 'ENOSPC', 'EDQUOT'])(
  'puts a file back with its attributes (disk: %j)',
  async (code) => {
    full.code = code
    await restoreFile(root, 'file', { ...before, ...owner }, () => undefined)
    expect(snapshot(root)['file']).toBe('file 640 prior\n')
    expect(statSync(join(root, 'file')).mtimeMs).toBe(1_000_000)
  },
)

it('does not hide any other error', async () => {
  full.code = 'EIO'
  const outcome = restoreFile(root, 'file', { ...before, ...owner }, () => undefined)
  await expect(outcome).rejects.toMatchObject({ code: 'EIO' })
  expect(snapshot(root)['file']).toBe('file 644 changed\n')
})

it('writes no copy that is not the file’s prior content', async () => {
  full.code = ''
  write(root, `${TRANSACTION}/before/1`, 'something else\n')
  const outcome = restoreFile(root, 'file', { ...before, ...owner }, () => undefined)
  await expect(outcome).rejects.toMatchObject({ error: { code: 'journal_damaged' } })
  expect(snapshot(root)['file']).toBe('file 644 changed\n')
})
