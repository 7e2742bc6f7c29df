import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findRoot } from '../../src/cli/root.js'

describe("a repository's root", () => {
  let top: string
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'root-')))
    mkdirSync(join(top, 'server/routes'), { recursive: true })
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(top, { recursive: true })
  })

  function manifest(folder: string): void {
    writeFileSync(join(top, folder, 'package.json'), '{}')
  }

  test('is the nearest folder with a package.json', () => {
    manifest('.')
    expect(findRoot(join(top, 'server/routes'))).toBe(top)
    expect(findRoot(top)).toBe(top)
    manifest('server')
    expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server'))
  })

  test('is not outside the git working tree', () => {
    manifest('.')
    mkdirSync(join(top, 'server/.git'))
    expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server/routes'))
    manifest('server')
    expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server'))
  })

  test('is not the home folder that it lies in', () => {
    manifest('.')
    vi.stubEnv('HOME', top)
    expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server/routes'))
    expect(findRoot(top)).toBe(top)
  })

  test('is the folder itself where there is none', () => {
    expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server/routes'))
    expect(findRoot(join(top, 'no-such-folder'))).toBe(join(top, 'no-such-folder'))
  })
})
