import type { Stack } from '../../features/contribution.js'
import type { DatabaseProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import type { DetectedServer } from '../servers/stack.js'

/** One way in which a host speaks to PostgreSQL. */
export interface DatabaseStack extends Stack {
  kind: 'databases'
  /** As people call it: 'Prisma'. */
  label: string
  /** The packages whose presence in package.json means this stack. */
  packages: string[]
  /** It can speak to nothing but PostgreSQL. */
  onlyPostgres: boolean
  detect(context: DetectionContext, server: DetectedServer): DatabaseDetection
  /** The profile where nothing shows how it connects; null when it has reported a problem. */
  assume(context: DetectionContext, server: DetectedServer): DatabaseProfile | null
}

export type DatabaseDetection =
  | { kind: 'found'; profile: DatabaseProfile }
  /** The package is there, but nothing was seen that connects with it. */
  | { kind: 'unused' }
  /** It connects, but to a database of another kind. */
  | { kind: 'foreign'; database: string; file: string; line: number }
  /** It has reported what stands in the way. */
  | { kind: 'refused' }
