import { expect, it } from 'vitest'
import { installCommand, installPlaces } from '../../src/packages/install-places.js'
import type { HostProfile, PackageFolder } from '../../src/types.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

/** A host of a server and a front end, each installed where it is said. */
function hostOf(server: PackageFolder, client: PackageFolder, others: PackageFolder[] = []) {
  const host = hostProfile({ packages: [...others, server, client] })
  return {
    ...host,
    server: { ...host.server, package: packageProfile(server) },
    client: host.client && { ...host.client, package: packageProfile(client) },
  } satisfies HostProfile
}

function folder(dir: string, installDir: string): PackageFolder {
  return { dir, manifest: `${dir}/package.json`, name: dir, entry: null, installDir }
}

it('is the one place of a host with one package', () => {
  expect(installPlaces(hostProfile(), [])).toEqual([{ dir: '', manager: 'npm', folders: [''] }])
})

it('is the root of a workspace, whose packages may all be written to', () => {
  const host = hostOf(folder('apps/api', ''), folder('apps/web', ''), [folder('packages/db', '')])
  const places = installPlaces(host, [{ path: 'apps/web/package.json' }])
  expect(places).toEqual([
    { dir: '', manager: 'npm', folders: ['', 'packages/db', 'apps/api', 'apps/web'] },
  ])
  expect(places.map(installCommand)).toEqual(['npm install'])
})

it('is each folder with a lock file; the front end only where its package.json is changed', () => {
  const host = hostOf(folder('server', 'server'), folder('client', 'client'))
  const commands = (paths: string[]) =>
    installPlaces(
      host,
      paths.map((path) => ({ path })),
    ).map(installCommand)
  expect(commands([])).toEqual(['cd server && npm install'])
  expect(commands(['client/package.json'])).toEqual([
    'cd server && npm install',
    'cd client && npm install',
  ])
})
