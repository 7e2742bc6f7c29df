import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

async function managerOf(root: string) {
  const { packageManager } = await profileOf(root)
  return [packageManager.value, packageManager.source]
}

describe('the package manager', () => {
  it.each<[string, Files]>([
    ['npm', {}],
    ['npm', { 'package-lock.json': null, 'npm-shrinkwrap.json': '{}' }],
    ['pnpm', { 'package-lock.json': null, 'pnpm-lock.yaml': '' }],
    ['yarn', { 'package-lock.json': null, 'yarn.lock': '' }],
    ['bun', { 'package-lock.json': null, 'bun.lock': '' }],
    ['bun', { 'package-lock.json': null, 'bun.lockb': '' }],
    ['yarn', { 'package.json': packageJson({ packageManager: 'yarn@4.1.0+sha224.953c' }) }],
    // Larger than any source that is read.
    ['yarn', { 'package-lock.json': null, 'yarn.lock': 'x'.repeat(3 * 1024 * 1024) }],
  ])('is %s with %j', async (manager, files) => {
    expect(await managerOf(smallHost(files))).toEqual([manager, 'detected'])
  })

  it('is npm where there is no lock file, and that is said', async () => {
    expect(await managerOf(smallHost({ 'package-lock.json': null }))).toEqual(['npm', 'assumed'])
  })
})

describe('lock files of two package managers', () => {
  const reasonOf = async (root: string) =>
    (await assumptionsOf(root)).find(({ field }) => field === 'host.packageManager')?.reason

  it('the one that fits package.json counts', async () => {
    const root = smallHost({
      'yarn.lock': 'express@^5.1.0:\nnode-pg-migrate@^8:\npg@^8.16.0:\ntypescript@^5.9.0:\n',
      'package-lock.json': '{ "packages": { "node_modules/express": {} } }',
    })
    expect(await managerOf(root)).toEqual(['yarn', 'assumed'])
    expect(await reasonOf(root)).toBe(
      'of package-lock.json and yarn.lock, yarn.lock fits package.json best',
    )
  })

  it('else the one that the scripts call', async () => {
    const scripts = { 'db:reset': 'yarn db:drop && yarn migrate' }
    const root = smallHost({ 'package.json': packageJson({ scripts }), 'yarn.lock': '{}' })
    expect(await managerOf(root)).toEqual(['yarn', 'assumed'])
    expect(await reasonOf(root)).toContain('the scripts of package.json call yarn')
  })

  it('else the one that was written last', async () => {
    const root = smallHost({ 'pnpm-lock.yaml': '{}' })
    utimesSync(join(root, 'package-lock.json'), 1_000, 1_000)
    expect(await managerOf(root)).toEqual(['pnpm', 'assumed'])
    expect(await reasonOf(root)).toContain('pnpm-lock.yaml was written last')
  })
})
