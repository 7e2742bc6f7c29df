import { basename } from 'node:path'
import type { DetectionContext } from '../context.js'

/** Names that templates bring and that say a part's place, not the app's name. */
const GENERIC =
  /^(app|api|server|backend|client|frontend|web|root|monorepo|workspaces?|project|package|rest-express|my-app|nodejs|express-app)$/i

/**
 * What the app is called: by the package.json of the root, else of the server, else by its folder.
 * Customers at Polar are told apart by it, so a name that a thousand apps share says nothing.
 */
export function hostName(root: string, { packages, manifest }: DetectionContext): string {
  const [first] = packages.manifests
  const named = [first?.dir === '' ? first.name : null, manifest.name]
  return named.find((name) => name != null && !GENERIC.test(name)) ?? basename(root)
}
