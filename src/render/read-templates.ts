import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { logicalPathOf } from './engine.js'

const TEMPLATE = '.hbs'
const ENTRY_POINTS = '/entry-points.json'

/** What is known of the templates by their names, without compiling one. */
export interface TemplateNames {
  /** Sorted: `features/core/server/config/polar.config.ts`. */
  templates: string[]
  /** Logical paths of the generated files that the host's own code reaches. */
  entryPoints: string[]
}

/**
 * @param folder the folder of the templates
 * @throws when an entry point has no template
 */
export function readTemplateNames(folder: string): TemplateNames {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
  const templates = files
    .filter((file) => file.endsWith(TEMPLATE))
    .map((file) => file.slice(0, -TEMPLATE.length))
  const owners = files
    .filter((file) => file.endsWith(ENTRY_POINTS))
    .map((file) => file.slice(0, -ENTRY_POINTS.length))
  const entries = owners.flatMap((owner) => {
    const listed = JSON.parse(readFileSync(join(folder, owner + ENTRY_POINTS), 'utf8')) as string[]
    return listed.map((logical) => `${owner}/${logical}`)
  })
  const lost = entries.find((entry) => !templates.includes(entry))
  if (lost !== undefined) throw new Error(`The entry point ${lost} has no template`)
  return { templates, entryPoints: entries.map(logicalPathOf) }
}
