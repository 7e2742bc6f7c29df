import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import { compileOptions, logicalPathOf, type TemplateLibrary } from './engine.js'
import { withModuleHelpers } from './imports.js'
import { templateNames } from './template-names.js'

const folder = fileURLToPath(new URL('../../templates', import.meta.url))

/**
 * The templates, read from the `templates` folder and compiled at first use. The build replaces
 * this module by one with the templates already compiled, so a published package reads no folder.
 */
export function openLibrary(): TemplateLibrary {
  const engine = Handlebars.create()
  const compiled = new Map<string, Handlebars.TemplateDelegate>()
  return {
    engine,
    names: () => templateNames.templates,
    template(name) {
      const known = compiled.get(name)
      if (known) return known
      const source = readFileSync(join(folder, `${name}.hbs`), 'utf8')
      const template = engine.compile(
        withModuleHelpers(source, logicalPathOf(name)),
        compileOptions,
      )
      compiled.set(name, template)
      return template
    },
  }
}
