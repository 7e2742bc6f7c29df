import type { ServerProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'

/** One server framework. */
export interface ServerStack {
  /** As --server names it. */
  name: string
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext): DetectedServer | null
}

export interface DetectedServer {
  profile: ServerProfile
  /** The app's module and the one that starts it: where other detectors begin to look. */
  entries: string[]
  /** Looks for what the API answers at, and what of it is counted. */
  routes: () => Pick<ServerProfile, 'routes' | 'counted'>
}
