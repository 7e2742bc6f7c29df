import { logicalPathOf, renderTemplate, type TemplateLibrary } from '../render/engine.js'
import type { Formatter } from '../render/format.js'
import type { Layout } from '../render/layout.js'
import type { StagedTree } from '../tree/staged-tree.js'
import type { OwnedContribution } from './contributions.js'

/** What rendering works with, the same for all parts. */
export interface Rendering {
  library: TemplateLibrary
  data: object
  layout: Layout
  format: Formatter
  tree: StagedTree
}

/**
 * Stages the files that a part makes of its templates. Gives the paths whose files are new, and
 * staged as they were rendered.
 */
export async function renderPart(part: OwnedContribution, rendering: Rendering): Promise<string[]> {
  const { library, data, layout, format, tree } = rendering
  const unformatted: string[] = []
  const own = library.names().filter((name) => name.startsWith(`${part.owner}/`))
  for (const template of own) {
    const logical = logicalPathOf(template)
    if (!part.wants(logical)) continue
    const path = layout.pathOf(logical)
    const isNew = !tree.hostHas(path)
    if (!isNew && part.handedOver.includes(logical)) continue
    const text = renderTemplate(library, template, data, layout, path)
    tree.create(path, isNew ? text : await format(path, text), { template })
    if (isNew) unformatted.push(path)
  }
  return unformatted
}
