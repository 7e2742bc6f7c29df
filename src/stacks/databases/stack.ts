import type { Stack } from '../../features/contribution.js'
import type { DatabaseProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import type { DetectedServer } from '../servers/stack.js'

/** One way in which a host speaks to PostgreSQL. */
export interface DatabaseStack extends Stack {
  kind: 'databases'
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext, server: DetectedServer): DatabaseProfile | null
}
