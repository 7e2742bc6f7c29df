import type { ClientProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'

/** One front end framework. */
export interface ClientStack {
  /** As --client names it. */
  name: string
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext): ClientProfile | null
}
