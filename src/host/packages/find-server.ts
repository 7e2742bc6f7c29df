import { detectServer, isServer, otherServerRank } from '../../stacks/servers/registry.js'
import { isDatabase } from '../../stacks/databases/registry.js'
import type { DetectedServer } from '../../stacks/servers/stack.js'
import type { DetectionContext } from '../context.js'
import { isInside, joinPath } from '../host-files.js'
import type { Manifest } from '../manifest.js'
import { enumerate } from '../text.js'
import { folderWords } from './package-set.js'

interface Tried {
  context: DetectionContext
  server: DetectedServer | null
}

/**
 * The package of the server, and the server in it: the one package whose code makes an app of a
 * framework that its package.json names. Of several it is the one that has a database, else a
 * person is asked.
 *
 * @param root the host, seen from any of its packages
 * @returns the package to go on with where the server was not found
 */
export function findServer(root: DetectionContext): Tried {
  const { overrides, packages } = root
  if (overrides.serverDir !== undefined) {
    const context = root.of(packages.of(joinPath(overrides.serverDir)) ?? root.manifest)
    return { context, server: detectServer(context) }
  }
  const candidates = preferred(root, packages.manifests.filter(isServer))
  const tried = candidates.map((manifest): Tried => {
    const context = root.apart(manifest)
    return { context, server: detectServer(context) }
  })
  const found = tried.filter(({ context, server }) => server && holds(context, server, candidates))
  const withDatabase = found.filter(({ context }) => isDatabase(context))
  const [one, other] = found.length > 1 && withDatabase.length > 0 ? withDatabase : found
  if (one && other) return ambiguous(root, withDatabase.length > 0 ? withDatabase : found)
  const chosen = one ?? tried.find(({ context }) => isDatabase(context)) ?? tried[0]
  if (!chosen) {
    const context = root.of(otherServer(root) ?? root.manifest)
    return { context, server: detectServer(context) }
  }
  root.adopt(chosen.context)
  return { ...chosen, context: root.of(chosen.context.manifest) }
}

/** Of a repository without a server that can be worked on, the package that is one all the same. */
function otherServer({ packages }: DetectionContext): Manifest | null {
  const [first] = packages.manifests
    .flatMap((manifest) => {
      const rank = otherServerRank(manifest)
      return rank === null ? [] : [{ manifest, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
  return first?.manifest ?? null
}

/** Only the package that the person stands in, where that is a server. */
function preferred({ overrides }: DetectionContext, candidates: Manifest[]): Manifest[] {
  const { from } = overrides
  const around = candidates.filter(
    ({ dir }) => from !== undefined && dir !== '' && isInside(from, dir),
  )
  return around.length > 0 ? around : candidates
}

/** An app that lies in another candidate's folder is that one's. */
function holds(
  { packages, manifest }: DetectionContext,
  { profile }: DetectedServer,
  candidates: Manifest[],
): boolean {
  const nearest = packages.of(profile.app.value.file)
  return nearest === null || nearest === manifest || !candidates.includes(nearest)
}

function ambiguous(root: DetectionContext, found: Tried[]): Tried {
  const folders = found.map(({ context }) => context.dir)
  root.report({
    code: 'server_ambiguous',
    message: `Several packages have an Express server: ${enumerate(folders.map(folderWords))}.`,
    hint: 'Name the one that takes the payments with --server-dir.',
    evidence: found.flatMap(({ server }) => server?.profile.app.evidence ?? []),
    flag: '--server-dir',
    choices: folders.map((folder) => folder || '.'),
  })
  return { context: root.of(found[0]?.context.manifest ?? root.manifest), server: null }
}
