import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { ClientRouter } from '../../../../types.js'

/** Where a front end lists its pages. */
export interface SeenRoutes {
  kind: ClientRouter['kind']
  file: string
  /** The code that shows it. */
  node: ts.Node
  /** The file that `node` stands in, where it is another one. */
  seenIn?: string
  generated?: string | null
  /** Where they are not found by what the file imports. */
  guards?: ClientRouter['guards']
}

/** One router. Adding one is a file and a line in the registry. */
export interface RouterStack {
  /** The packages that it comes in. */
  packages: readonly string[]
  /** A text without any of this has none of its routes, and is not parsed. */
  mentions: RegExp
  /** The list of pages in a file that matches, or in one that it leads to; null without. */
  routesIn: (context: DetectionContext, file: string) => SeenRoutes | null
}
