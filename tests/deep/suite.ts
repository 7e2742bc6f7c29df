import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import { features } from '../../src/features/registry.js'
import { templateData, type TemplateData } from '../../src/render/data.js'
import {
  compileOptions,
  logicalPathOf,
  renderTemplate,
  type TemplateLibrary,
} from '../../src/render/engine.js'
import { withModuleHelpers } from '../../src/render/imports.js'
import { layoutOf, type Layout } from '../../src/render/layout.js'
import { readTemplateNames } from '../../src/render/read-templates.js'
import type { BillingSpec, HostProfile, Result } from '../../src/types.js'

const folder = fileURLToPath(new URL('templates', import.meta.url))

export interface DeepFile {
  /** Where it stands in the host, forward slashes. */
  path: string
  text: string
}

/**
 * Our own tests of what the command generates, for a host that has it: how each part behaves
 * inside, where the owner's tests ask what the whole does. They stand in the folder `deep` among
 * the host's tests, where its runner finds them.
 */
export function deepSuite(spec: BillingSpec, host: HostProfile): DeepFile[] {
  const library = openDeepLibrary()
  const data = templateData(spec, host)
  const layout = inDeepFolder(layoutOf(host), host)
  return library
    .names()
    .filter((template) => applies(template, data))
    .map((template) => {
      const path = layout.pathOf(logicalPathOf(template))
      return { path, text: renderTemplate(library, template, data, layout, path) }
    })
}

/**
 * Writes the deep suite into a host that the command has run in.
 *
 * @returns the paths of its files
 */
export function addDeepSuite(root: string, { spec, host }: Result): string[] {
  if (!spec || !host) throw new Error('The run has not come to a plan')
  return deepSuite(spec, host).map(({ path, text }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    return path
  })
}

/** What the owner's tests are to a host, the deep suite is one folder further down. */
function inDeepFolder(layout: Layout, host: HostProfile): Layout {
  const pathOf = (logical: string): string =>
    logical.startsWith('tests/')
      ? posix.join(host.tests.dir.value, 'deep', logical.slice('tests/'.length))
      : layout.pathOf(logical)
  return {
    ...layout,
    pathOf,
    specifierOf: (logical, from) => layout.hostSpecifierOf(pathOf(logical), from),
  }
}

/** Tests that not every host or request of their feature has a subject for. */
const CONDITIONS: Record<string, (data: TemplateData) => boolean> = {
  'tests/support/host-app.ts': (data) => data.appExport !== null,
  'tests/integration/host-app.test.ts': (data) => data.appExport !== null,
  'tests/support/smtp-server.ts': (data) => data.mailer === null,
  // A call can charge where there is something to move to.
  'tests/integration/unknown-outcomes.test.ts': (data) => data.mostExpensive !== null,
  'tests/services/order-sync.test.ts': (data) => !data.sells.subscriptions,
}

function applies(template: string, data: TemplateData): boolean {
  const [kind, name] = template.split('/')
  const owner = features.find((feature) => kind === 'features' && feature.name === name)
  const isSold = kind === 'stacks' || owner?.appliesTo(data.spec) === true
  return isSold && (CONDITIONS[logicalPathOf(template)]?.(data) ?? true)
}

function openDeepLibrary(): TemplateLibrary {
  const engine = Handlebars.create()
  const { templates } = readTemplateNames(folder)
  return {
    engine,
    names: () => templates,
    template: (name) => {
      const source = readFileSync(join(folder, `${name}.hbs`), 'utf8')
      return engine.compile(withModuleHelpers(source, logicalPathOf(name)), compileOptions)
    },
  }
}
