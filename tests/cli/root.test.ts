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

  describe('of several packages', () => {
    const SERVER = '{ "dependencies": { "express": "^5.0.0" } }'
    const FRONT_END = '{ "dependencies": { "react-dom": "^19.0.0" } }'

    function put(folder: string, text: string): void {
      mkdirSync(join(top, folder), { recursive: true })
      writeFileSync(join(top, folder, 'package.json'), text)
    }

    test('is that of the workspace that has the package as a member', () => {
      put('.', '{ "workspaces": ["apps/*"] }')
      put('apps/api', SERVER)
      put('tools/seed', SERVER)
      mkdirSync(join(top, 'apps/api/src'))
      expect(findRoot(join(top, 'apps/api/src'))).toBe(top)
      expect(findRoot(join(top, 'tools/seed'))).toBe(join(top, 'tools/seed'))
    })

    test('is the folder with the other half of the app, in one working tree of git', () => {
      put('server', SERVER)
      put('client', FRONT_END)
      expect(findRoot(join(top, 'server/routes'))).toBe(join(top, 'server'))
      mkdirSync(join(top, '.git'))
      expect(findRoot(join(top, 'server/routes'))).toBe(top)
      expect(findRoot(join(top, 'client'))).toBe(top)
      mkdirSync(join(top, 'docs'))
      expect(findRoot(join(top, 'docs'))).toBe(top)
    })

    test('is the package itself among the apps of a collection', () => {
      mkdirSync(join(top, '.git'))
      put('server', SERVER)
      for (const name of ['a', 'b', 'c', 'd']) put(name, FRONT_END)
      expect(findRoot(join(top, 'server'))).toBe(join(top, 'server'))
    })
  })
})
