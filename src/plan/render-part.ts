import { directionControl } from '../invisible.js'
import { renderTemplate, type TemplateLibrary } from '../render/engine.js'
import type { Translate } from '../render/language/index.js'
import type { Layout } from '../render/layout.js'
import { templatesOf, type OwnedContribution } from './contributions.js'

/** What rendering works with, the same for all parts. */
export interface Rendering {
  library: TemplateLibrary
  data: object
  layout: Layout
  translate: Translate
  /** Whether the host has a file at the path. */
  hostHas: (path: string) => boolean
}

/** A file as its template gives it, not formatted yet. */
export interface RenderedFile {
  template: string
  path: string
  text: string
}

/** The files that a part makes of its templates, without those that the host owns by now. */
export function renderPart(part: OwnedContribution, rendering: Rendering): RenderedFile[] {
  const { library, data, layout, translate, hostHas } = rendering
  const files: RenderedFile[] = []
  for (const { template, logical } of templatesOf(part, library.names())) {
    const path = layout.pathOf(logical)
    if (part.handedOver.includes(logical) && hostHas(path)) continue
    const source = renderTemplate(library, template, data, layout, path)
    const text = translate(source, path, logical)
    if (text === null) continue
    // The last of several guards: requests, specs and hosts with such a character are refused.
    const direction = directionControl(path + text)
    if (direction !== null) throw new Error(`${template} was given text with ${direction} in it`)
    files.push({ template, path, text })
  }
  return files
}
