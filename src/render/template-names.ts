import { fileURLToPath } from 'node:url'
import { readTemplateNames, type TemplateNames } from './read-templates.js'

/**
 * The names of all templates, for whoever needs no more of them than that. The build replaces this
 * module by one with the names in it, so a published package reads no folder.
 */
export const templateNames: TemplateNames = readTemplateNames(
  fileURLToPath(new URL('../../templates', import.meta.url)),
)
