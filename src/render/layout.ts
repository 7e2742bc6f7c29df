import { posix } from 'node:path'
import type { HostProfile } from '../types.js'
import { asModule, importedAs, pathIn } from './language/endings.js'
import { sourceOf } from './source-of.js'
import { unnumbered } from './migration-file.js'

/**
 * Where the logical folders of the templates (`server/`, `client/`, `tests/`, `docs/`,
 * `migrations/`) lie in one host.
 */
export interface Layout {
  /** Host path (relative, forward slashes) of a logical path. */
  pathOf(logical: string): string
  /** The same, relative to the server's package: as its scripts and settings name it. */
  inPackage(logical: string): string
  /** How a relative import of that logical module ends in the host's code. */
  specifierOf(logical: string, fromHostPath: string): string
  /** Relative import of a file of the host itself. */
  hostSpecifierOf(file: string, fromHostPath: string): string
}

/** @param migrationFiles names that our migrations have in the host, of those that are wanted */
export function layoutOf(host: HostProfile, ...migrationFiles: string[]): Layout {
  const folders: Record<string, string> = {
    server: host.server.dir.value,
    client: host.client?.dir.value ?? 'client',
    tests: host.tests.dir.value,
    docs: 'docs',
    migrations: host.database.migrations.value.dir,
  }

  function pathOf(logical: string): string {
    const [root = '', ...rest] = logical.split('/')
    const folder = folders[root]
    if (folder === undefined) throw new Error(`No folder for the template path ${logical}`)
    if (root === 'migrations') {
      const file = migrationFiles.find((name) => unnumbered(name) === rest.join('/'))
      if (file === undefined) throw new Error(`No name for the migration ${logical}`)
      return posix.join(folder, file)
    }
    const file = root === 'tests' ? testFile(rest.join('/')) : inHostsFolder(root, rest).join('/')
    const side = root === 'client' && host.client ? host.client : host.server
    const path = pathIn(side.package.language.value, posix.join(folder, file))
    return root === 'tests' ? asModule(host.server.package, path) : path
  }

  /** The host may have another spelling of a folder. */
  function inHostsFolder(root: string, [folder = '', ...rest]: string[]): string[] {
    const own: Partial<Record<string, string>> = root === 'server' ? { ...host.server.folders } : {}
    return [own[folder] ?? folder, ...rest]
  }

  /** Beside another runner test files are called so that it leaves them alone. */
  function testFile(path: string): string {
    const ending = host.tests.apart?.ending ?? '.test'
    return path.replace(/\.test(?=\.[jt]sx?$)/, ending)
  }

  function hostSpecifierOf(file: string, fromHostPath: string): string {
    const named = host.packages.find(
      ({ name, entry, dir }) => name !== null && entry === file && !isInside(fromHostPath, dir),
    )
    if (named?.name != null) return named.name
    const clientDir = host.client?.dir.value
    const inClient = clientDir !== undefined && isInside(fromHostPath, clientDir)
    const side = inClient && host.client ? host.client : host.server
    const relative = posix.relative(posix.dirname(fromHostPath), file)
    const dotted = relative.startsWith('.') ? relative : `./${relative}`
    return importedAs(side.package.importExtension.value, dotted)
  }

  return {
    pathOf,
    inPackage: (logical) => posix.relative(host.server.package.dir, pathOf(logical)),
    hostSpecifierOf,
    specifierOf: (logical, from) => hostSpecifierOf(pathOf(sourceOf(logical)), from),
  }
}

function isInside(file: string, dir: string): boolean {
  return dir === '' || file.startsWith(`${dir}/`)
}
