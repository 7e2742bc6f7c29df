import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { hostCopy, projectRoot, REQUEST } from '../support/host-copy.js'

const MEGABYTE = 1_000_000

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
    expect((await stat(tarball)).size).toBeLessThan(4 * MEGABYTE)
    const { stdout } = await execa('tar', ['-tzf', tarball])
    const tops = new Set(stdout.split('\n').map((path) => path.split('/')[1]))
    expect([...tops].sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json'])
    const manifest = await readFile(join(projectRoot, 'package.json'), 'utf8')
    expect(JSON.parse(manifest)).not.toHaveProperty('dependencies')
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
