import { withPackages } from '../packages/package-json.js'
import type { StagedTree } from '../tree/staged-tree.js'
import type { Conflict, HostProfile, Packages } from '../types.js'
import { addedPackages } from './added-packages.js'
import type { OwnedContribution } from './contributions.js'
import { wantedPackages } from './wanted-packages.js'

/** What the parts need, in the package.json of the server and in that of the front end. */
export function editManifests(
  tree: StagedTree,
  { server, client }: HostProfile,
  parts: OwnedContribution[],
  scripts: Record<string, string>,
): { conflicts: Conflict[]; added: Packages } {
  const own = server.package.manifest
  const bundling = client?.package.manifest ?? own
  if (bundling === own) return editManifest(tree, own, parts, scripts)
  const forServer = parts.map((part) => withoutBundled(part, false))
  const forClient = parts.map((part) => withoutBundled(part, true))
  const edits = [
    editManifest(tree, own, forServer, scripts),
    editManifest(tree, bundling, forClient, {}),
  ]
  const added = (section: keyof Packages): Record<string, string> =>
    Object.assign({}, ...edits.map((edit) => edit.added[section])) as Record<string, string>
  return {
    conflicts: edits.flatMap(({ conflicts }) => conflicts),
    added: { dependencies: added('dependencies'), devDependencies: added('devDependencies') },
  }
}

function editManifest(
  tree: StagedTree,
  path: string,
  parts: OwnedContribution[],
  scripts: Record<string, string>,
): { conflicts: Conflict[]; added: Packages } {
  const before = tree.read(path) ?? '{}'
  const wanted = wantedPackages(parts, before)
  const { content, conflicts } = withPackages(before, wanted, scripts, path)
  if (content !== before) tree.modify(path, content)
  return { conflicts, added: addedPackages(before, content) }
}

/** The packages of the front end's bundle alone, or all others. */
function withoutBundled(part: OwnedContribution, wantsBundled: boolean): OwnedContribution {
  const kept = (section: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(section).filter(([name]) => part.bundled.includes(name) === wantsBundled),
    )
  const { dependencies, devDependencies } = part.packages
  const packages = { dependencies: kept(dependencies), devDependencies: kept(devDependencies) }
  return { ...part, packages }
}
