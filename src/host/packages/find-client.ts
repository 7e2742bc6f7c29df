import { detectClient, isFrontEnd, otherFrontEnd } from '../../stacks/clients/registry.js'
import type { ClientProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { joinPath } from '../host-files.js'
import type { Manifest } from '../manifest.js'
import { enumerate } from '../text.js'
import { folderWords } from './package-set.js'

/** Folders of what stands beside an app's own front end: asked for by name, else passed over. */
const BESIDE =
  /(^|[/_-])(admin|docs?|documentation|storybook|landing|marketing|mobile|native|ios|android|extension|desktop|electron|emails?|e2e|playground|sandbox|mockups?|prototypes?|demo|ui|ui-kit|shared|common|components|design-system|lib|libs)$/

/**
 * The front end that people use the app with, in the server's package or in one of its own; null
 * where there is none, or when it was reported why it cannot be used.
 *
 * @param server the host, seen from the server's package
 */
export function findClient(server: DetectionContext): ClientProfile | null {
  const { overrides, packages, manifest: own } = server
  if (overrides.clientDir !== undefined) {
    return detectClient(server.of(packages.of(joinPath(overrides.clientDir)) ?? own))
  }
  const all = packages.manifests.filter((one) => one === own || isFrontEnd(one))
  const main = all.filter(({ dir }) => !BESIDE.test(dir))
  const tried = (main.some(isFrontEnd) ? main : all).map((manifest) => {
    const context = server.apart(manifest)
    return { context, client: detectClient(context) }
  })
  const found = tried.filter(({ client }) => client !== null)
  const others = tried.filter(({ context }) => context.manifest !== own)
  const foreign = others.find(({ context }) => otherFrontEnd(context.manifest) !== null)
  if (found.length === 0 && foreign) return byItsOwner(server, foreign.context.manifest)
  const chosen =
    found.length > 1
      ? found.find(({ context }) => context.manifest === own)
      : (found[0] ?? tried.find(({ context }) => context.problems.length > 0))
  if (chosen) {
    server.adopt(chosen.context)
    return chosen.client
  }
  return found.length > 1
    ? ambiguous(
        server,
        found.map(({ context }) => context.manifest),
      )
    : null
}

/** A front end in a package of its own that cannot be worked on: the server is all the same. */
function byItsOwner(server: DetectionContext, { dir }: Manifest): null {
  const framework = otherFrontEnd(server.packages.of(dir) ?? server.manifest)
  server.assumptions.push({
    field: 'host.client',
    value: "none: billing's API is added, without pages",
    reason: `the front end in ${folderWords(dir)} is made with ${framework}, which is not supported yet`,
  })
  return null
}

function ambiguous(context: DetectionContext, found: Manifest[]): null {
  const folders = found.map(({ dir }) => dir)
  return context.report({
    code: 'client_ambiguous',
    message: `Several packages have a front end: ${enumerate(folders.map(folderWords))}.`,
    hint: 'Name the one that sells with --client-dir, or add billing to the server alone: --client none.',
    evidence: found.map((manifest) => manifest.evidence('react')),
    flag: '--client-dir',
    choices: folders.map((folder) => folder || '.'),
  })
}
