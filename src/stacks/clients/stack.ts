import type { Stack } from '../../features/contribution.js'
import type { ClientProfile, ManualStep } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'

/** One front end framework. */
export interface ClientStack extends Stack {
  kind: 'clients'
  /** The package whose presence in package.json means this stack. */
  package: string
  /** Null when it has reported why it cannot say. */
  detect(context: DetectionContext): ClientProfile | null
  /**
   * Why the front end's types cannot be checked before something else was done, given the steps
   * that are left to a person; null where they can.
   */
  typesWaitFor(client: ClientProfile, left: ManualStep[]): string | null
}
