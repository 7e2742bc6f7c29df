import { mkdtemp, readFile, readdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { hostCopy, projectRoot, REQUEST } from '../support/host-copy.js'

const MEGABYTE = 1_000_000

/** The folder of the package a file belongs to: what is behind the last `node_modules/`. */
function packageOf(path: string): string | null {
  const parts = path.split('/')
  const at = parts.lastIndexOf('node_modules')
  if (at === -1) return null
  return parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join('/')
}

describe('the published package', () => {
  let folder: string
  let tarball: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'integrate-polar-package-'))
    const args = ['pack', '--ignore-scripts', '--pack-destination', folder]
    const { stdout } = await execa('npm', args, { cwd: projectRoot })
    tarball = join(folder, stdout.trim().split('\n').at(-1) ?? '')
  })
  afterAll(() => discard(folder))

  test('is one small tarball that brings everything it needs', async () => {
    expect((await stat(tarball)).size).toBeLessThan(2.5 * MEGABYTE)
    const { stdout } = await execa('tar', ['-tzf', tarball])
    const tops = new Set(stdout.split('\n').map((path) => path.split('/')[1]))
    expect([...tops].sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json'])
    expect(stdout).not.toContain('metafile')
    const manifest = await readFile(join(projectRoot, 'package.json'), 'utf8')
    expect(JSON.parse(manifest)).not.toHaveProperty('dependencies')
  })

  test('passes on the license and the notices of every package that is an input of its bundle', async () => {
    const file = 'package/dist/THIRD-PARTY-LICENSES.txt'
    const { stdout: licenses } = await execa('tar', ['-xzOf', tarball, file])
    const metafile = await readFile(join(projectRoot, 'dist/metafile.json'), 'utf8')
    const { inputs } = JSON.parse(metafile) as { inputs: Record<string, unknown> }
    const packages = new Set(Object.keys(inputs).flatMap((path) => packageOf(path) ?? []))
    expect(packages).toContain('node_modules/prettier')
    packages.add('node_modules/typescript')
    for (const path of packages) {
      const folder = join(projectRoot, path)
      const manifest = await readFile(join(folder, 'package.json'), 'utf8')
      const { name, version } = JSON.parse(manifest) as { name: string; version: string }
      const minor = version.split('.').slice(0, 2).join('.')
      expect(licenses).toContain(`${name} ${path.endsWith('/typescript') ? minor : version}`)
      const texts = (await readdir(folder)).filter((entry) => /licen[cs]e|notice/i.test(entry))
      expect(texts, `${name} has a license`).not.toEqual([])
      for (const text of texts) {
        expect(licenses).toContain((await readFile(join(folder, text), 'utf8')).trim())
      }
    }
    expect(licenses).toContain('Copyright Joyent, Inc. and other Node contributors.')
  })

  test('works where it is installed, and its types can be used', async () => {
    await execa('npm', ['init', '-y'], { cwd: folder })
    await execa('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder })
    const host = await hostCopy({ packages: false })
    const program = join(folder, 'node_modules/.bin/integrate-polar')
    const { stdout } = await execa(program, ['plan', REQUEST, '--json'], { cwd: host })
    expect(JSON.parse(stdout.split('\n').at(-1) ?? '')).toMatchObject({ status: 'planned' })
    await discard(host)
    const types = await readFile(
      join(folder, 'node_modules/integrate-polar/dist/types/types.d.ts'),
      'utf8',
    )
    for (const name of ['BillingSpec', 'HostProfile', 'Result', 'OutputEvent']) {
      expect(types).toContain(
        `export interface ${name}`.replace('interface OutputEvent', 'type OutputEvent'),
      )
    }
  })
})
