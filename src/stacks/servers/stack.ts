import type { Stack } from '../../features/contribution.js'
import type { Layout } from '../../render/layout.js'
import type { Check, HostProfile, RouterMount, ServerProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'

/** One server framework. */
export interface ServerStack extends Stack {
  kind: 'servers'
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext): DetectedServer | null
  /** What is mounted stands in the right order in the host's files. */
  checkMounts(host: HostProfile, layout: Layout, mounts: RouterMount[]): Promise<Check>
}

export interface DetectedServer {
  profile: ServerProfile
  /** The app's module and the one that starts it: where other detectors begin to look. */
  entries: string[]
  /** Looks for what the API answers at, and what of it is counted. */
  routes: () => Pick<ServerProfile, 'routes' | 'counted'>
}
