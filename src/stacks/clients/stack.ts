import type { Stack } from '../../features/contribution.js'
import type { ClientProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'

/** One front end framework. */
export interface ClientStack extends Stack {
  kind: 'clients'
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext): ClientProfile | null
}
