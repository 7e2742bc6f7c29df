import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { OwnedContribution } from '../../src/plan/contributions.js'
import { editManifests } from '../../src/plan/edit-manifests.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

it('gives the server what runs there, and the front end what is in its bundle', () => {
  const root = mkdtempSync(join(tmpdir(), 'manifests-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const dir of ['server', 'client']) {
    mkdirSync(join(root, dir))
    writeFileSync(join(root, dir, 'package.json'), `{ "name": "${dir}" }\n`)
  }
  const host = hostProfile()
  host.server.package = packageProfile({ dir: 'server', manifest: 'server/package.json' })
  if (host.client) {
    host.client.package = packageProfile({ dir: 'client', manifest: 'client/package.json' })
  }
  const part = {
    packages: { dependencies: { recharts: '^3.2.0', pg: '^8.0.0' }, devDependencies: {} },
    anyVersion: [],
    bundled: ['recharts'],
    frontEnd: null,
  } as unknown as OwnedContribution
  const tree = new StagedTree(hostFiles(root))
  const { added } = editManifests(tree, host, [part], { migrate: 'x' })
  const written = (path: string): unknown => JSON.parse(tree.read(path) ?? '')
  expect(written('server/package.json')).toEqual({
    name: 'server',
    scripts: { migrate: 'x' },
    dependencies: { pg: '^8.0.0' },
  })
  expect(written('client/package.json')).toEqual({
    name: 'client',
    dependencies: { recharts: '^3.2.0' },
  })
  expect(added.dependencies).toEqual({ pg: '^8.0.0', recharts: '^3.2.0' })
  expect(readFileSync(join(root, 'server/package.json'), 'utf8')).toBe('{ "name": "server" }\n')
})
