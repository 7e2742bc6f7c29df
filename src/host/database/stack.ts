import type { DatabaseProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import type { DetectedServer } from '../server/stack.js'

/** One way in which a host speaks to PostgreSQL. */
export interface DatabaseStack {
  /** As --database names it. */
  name: string
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext, server: DetectedServer): DatabaseProfile | null
}
