import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stateFolders } from '../../src/tree/state-folder.js'
import { createKey, findKey, forgetKeys, noteHead } from '../../src/tree/transaction-key.js'
import { emptyFolder } from './support/host-folder.js'

let root: string
let state: string

beforeEach(() => {
  root = emptyFolder()
  state = emptyFolder()
  vi.stubEnv('XDG_STATE_HOME', state)
})

afterEach(() => {
  vi.unstubAllEnvs()
  for (const folder of [root, state]) rmSync(folder, { recursive: true })
})

const ours = () => join(state, 'integrate-polar')

describe.skipIf(process.platform === 'win32')('the state folder', () => {
  it('is that of the system, then a private one among the temporary files', () => {
    const [first, ...rest] = stateFolders(root)
    expect(first).toBe(ours())
    expect(rest.at(-1)).toMatch(/\/integrate-polar-\d+$/)
  })

  it('is never one that the repository could bring', () => {
    vi.stubEnv('XDG_STATE_HOME', join(root, 'state'))
    vi.stubEnv('HOME', root)
    expect(stateFolders(root).join()).not.toContain(root)
    symlinkSync(root, join(state, 'link'))
    vi.stubEnv('XDG_STATE_HOME', join(state, 'link'))
    expect(stateFolders(root).join()).not.toContain(state)
  })

  it('is not taken from a variable that names no absolute path', () => {
    vi.stubEnv('XDG_STATE_HOME', 'state')
    expect(stateFolders(root).every((folder) => folder.startsWith('/'))).toBe(true)
  })

  it('is found without HOME', () => {
    vi.stubEnv('XDG_STATE_HOME', '')
    vi.stubEnv('HOME', undefined)
    expect(stateFolders(root).length).toBeGreaterThan(0)
  })
})

describe('the key of a transaction', () => {
  it('is this user’s alone', async () => {
    mkdirSync(ours())
    chmodSync(ours(), 0o777)
    const { file } = await createKey(root)
    expect(statSync(ours()).mode & 0o777).toBe(0o700)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('counts in its own host only, until its transaction has ended', async () => {
    const other = emptyFolder()
    const key = await createKey(root)
    const kept = await createKey(other)
    await noteHead(key, 'a'.repeat(64))
    expect(await findKey(root, key.id)).toEqual({ ...key, head: 'a'.repeat(64) })
    expect(await findKey(other, key.id)).toBeNull()
    await forgetKeys(root, new Set())
    expect(await findKey(root, key.id)).toBeNull()
    expect(await findKey(other, kept.id)).toEqual(kept)
    expect(readdirSync(ours())).toHaveLength(1)
    rmSync(other, { recursive: true })
  })

  it('is written elsewhere when the folder is a link', async () => {
    symlinkSync(root, ours())
    vi.stubEnv('HOME', state)
    const { file } = await createKey(root)
    expect(file).toContain(join(state, '.local/state/integrate-polar'))
    expect(readdirSync(root)).toEqual([])
  })
})
