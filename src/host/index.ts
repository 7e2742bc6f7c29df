import { resolve } from 'node:path'
import type { ClientProfile, FormatProfile, HostProfile } from '../types.js'
import { leftOut } from '../git/ignored.js'
import { reportCompiler } from './compiler.js'
import { DetectionContext } from './context.js'
import { detectDatabase } from '../stacks/databases/registry.js'
import type { HostDetection, HostOverrides } from './detection.js'
import { detectEnv } from './env-profile.js'
import { detectFormat } from './format/format-profile.js'
import { hiddenNames } from './hidden-names.js'
import { preloaded } from './preloaded.js'
import { openHost } from './open-host.js'
import { detectPackageManager } from './package-manager.js'
import { findClient } from './packages/find-client.js'
import { asImported } from './packages/through-entry.js'
import { findServer } from './packages/find-server.js'
import { hostName } from './packages/host-name.js'
import { Sources } from './source/sources.js'
import { isServer } from '../stacks/servers/registry.js'
import { detectTests } from '../stacks/tests/registry.js'

export type { HostDetection, HostOverrides, HostProblem } from './detection.js'

/**
 * Finds out what the repository at `root` is made of. Reads package.json, what it leads to, and
 * from there only the modules that a question needs; writes nothing and runs nothing that
 * the repository brings.
 *
 * Never throws for what a host contains: whatever is in the way comes back as problems.
 */
export async function detectHost(
  root: string,
  overrides: HostOverrides = {},
): Promise<HostDetection> {
  const absolute = resolve(root)
  // The parser is large: git answers while it is loaded.
  const [ignored, { ts }] = await Promise.all([leftOut(absolute), import('../syntax.js')])
  const opened = openHost(absolute, ignored)
  if (opened.problem) return { status: 'unsupported', problems: [opened.problem], found: {} }
  const { files, packages, first } = opened
  const whole = new DetectionContext(
    files,
    first,
    new Sources(files, ts, packages),
    overrides,
    packages,
  )

  const { context, server } = findServer(whole)
  if (server?.profile.package.compiler) reportCompiler(context, server.profile.package)
  const packageManager = detectPackageManager(context)
  // Without a server's package nothing is known of the database and the front end that go with it.
  const isServed = server !== null || isServer(context.manifest)
  const database = isServed ? detectDatabase(context, server) : null
  const client = isServed ? findClient(context) : null
  const entries = server?.entries ?? []
  const dir = server?.profile.dir.value ?? context.dir
  const tests = detectTests(context, dir, entries)
  const env = detectEnv(
    context,
    { dir, entries, script: server?.profile.startScript ?? null },
    database?.connection?.value.file ?? null,
  )
  const general = {
    root: absolute,
    name: hostName(absolute, context),
    packages: packages.folders(files),
    client,
    format: detectFormat(context, [...entries, ...sourceOf(database)]),
    clientFormat: client && formatOf(client, context),
    env,
    readme: files.firstFile(['README.md', 'readme.md', 'Readme.md']),
  }
  const isWhole = packageManager && server && database && tests
  if (!isWhole || context.problems.length > 0) {
    const found = {
      ...general,
      ...(packageManager && { packageManager }),
      ...(server && { server: server.profile }),
      ...(database && { database }),
      ...(tests && { tests }),
    }
    return { status: 'unsupported', problems: withoutRepeats(context.problems), found }
  }
  const { routes } = server
  const { scripts } = server.profile
  const runner = preloaded(scripts.value, env, context.dir)
  const profile = { ...server.profile, scripts: { ...scripts, value: runner } }
  const host = asImported(context, { ...general, packageManager, server: profile, database, tests })
  const hidden = hiddenNames(host)
  if (hidden) return { status: 'unsupported', problems: [hidden], found: {} }
  const withRoutes = (): HostProfile => ({ ...host, server: { ...host.server, ...routes() } })
  return { status: 'ok', host, assumptions: context.assumptions, withRoutes }
}

/** Where the front end has a package of its own, its files say how new ones are written. */
function formatOf(client: ClientProfile, server: DetectionContext): FormatProfile | null {
  const manifest = server.packages.manifests.find(({ dir }) => dir === client.package.dir)
  if (!manifest || manifest === server.manifest) return null
  const seen = [...(client.router?.evidence ?? []), ...client.dir.evidence]
  const samples = seen.map(({ file }) => file).filter((file) => /\.[jt]sx?$/.test(file))
  return detectFormat(server.apart(manifest), [...new Set(samples)])
}

function sourceOf(database: HostProfile['database'] | null): string[] {
  return database?.connection ? [database.connection.value.file] : []
}

function withoutRepeats<T extends { code: string }>(problems: T[]): T[] {
  return problems.filter(
    (problem, index) => problems.findIndex(({ code }) => code === problem.code) === index,
  )
}
