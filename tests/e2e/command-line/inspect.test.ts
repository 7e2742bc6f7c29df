import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { hostCopy, runCli, type CliRun } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

describe('inspect', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
  })
  afterEach(() => discard(host))

  const resultOf = (run: CliRun) => run.events().at(-1) as unknown as Result

  test('says what the repository is made of, with places, and writes nothing', async () => {
    const before = snapshot(host)
    const run = await runCli(host, ['inspect'])
    expect(run.exitCode).toBe(0)
    const said = run.stdout + run.stderr
    expect(said).toMatch(/Server: express 5 in server\/ \(server\/app\.ts:\d+\)/)
    expect(said).toMatch(/Users: table users, key id uuid \(migrations\/.*\.sql:\d+\)/)
    expect(said).toContain('Billing can be added here.')
    const result = resultOf(await runCli(host, ['inspect', '--json']))
    expect(result).toMatchObject({ status: 'ok', exitCode: 0, found: null, changes: [] })
    expect(result.host?.server.routes.length).toBeGreaterThan(0)
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('says all that stands in the way at once, with places, and what was found all the same', async () => {
    const manifest = JSON.parse(await readFile(join(host, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string | undefined>
    }
    delete manifest.dependencies['pg']
    manifest.dependencies['mysql2'] = '^3.0.0'
    await writeFile(join(host, 'package.json'), JSON.stringify(manifest, null, 2))
    await writeFile(join(host, 'client/index.html'), '<p>Nothing is started here.</p>')
    await rm(join(host, 'client/src'), { recursive: true })
    const run = await runCli(host, ['inspect', '--json'])
    expect(run.exitCode).toBe(4)
    const errors = run.events().filter(({ type }) => type === 'error')
    expect(errors).toMatchObject([
      { code: 'database_not_supported', evidence: [{ file: 'package.json' }] },
      { code: 'client_not_found', evidence: [{ file: 'package.json' }] },
    ])
    const result = resultOf(run)
    expect(result).toMatchObject({ status: 'unsupported', host: null })
    expect(result.found?.server?.dir.value).toBe('server')
    expect(result.found?.packageManager?.value).toBe('npm')
    const people = await runCli(host, ['inspect'])
    const said = people.stdout + people.stderr
    expect(said).toMatch(/This app keeps its data in MySQL\. \(package\.json:\d+\)/)
    expect(said).toContain('Server: express 5 in server/')
    expect(said).toContain('2 things stand in the way')
  })

  test('takes no request', async () => {
    const run = await runCli(host, ['inspect', 'Pro $29/mo', '--json'])
    expect(run.exitCode).toBe(2)
  })
})
