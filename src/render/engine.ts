import type Handlebars from 'handlebars'
import { escaped } from '../invisible.js'
import type { ClientProfile, LoginMiddleware, ModuleExport } from '../types.js'
import type { Layout } from './layout.js'
import { classesOf } from '../stacks/clients/react/looks/looks.js'
import { REACT_17, reactImports } from '../stacks/clients/react/react-imports.js'
import { mergeImports } from './merge-imports.js'
import { formatMoney } from './money.js'

/** Output is source code, never HTML; a name that the data does not have is an error. */
export const compileOptions = { noEscape: true, strict: true, preventIndent: true } as const

export interface TemplateLibrary {
  engine: Pick<typeof Handlebars, 'registerHelper'>
  /** Names of all templates: `features/core/server/config/polar.config.ts`. */
  names(): string[]
  template(name: string): Handlebars.TemplateDelegate
}

const LOGICAL_ROOTS = ['server', 'client', 'tests', 'docs', 'migrations']

/**
 * The logical path in a template's name: what follows its owner.
 * `stacks/servers/express/server/routes/x.ts` → `server/routes/x.ts`
 */
export function logicalPathOf(template: string): string {
  const parts = template.split('/')
  const ownerLength = parts[0] === 'features' ? 2 : 3
  const logical = parts.slice(ownerLength)
  if (!LOGICAL_ROOTS.includes(logical[0] ?? '')) {
    throw new Error(`The template ${template} is not in one of ${LOGICAL_ROOTS.join(', ')}`)
  }
  return logical.join('/')
}

/**
 * Renders one template to source text, not yet formatted.
 *
 * @param path where the text will stand in the host; relative imports depend on it
 * @throws when the template names something that the data does not have
 */
export function renderTemplate(
  library: TemplateLibrary,
  name: string,
  data: object,
  layout: Layout,
  path: string,
): string {
  const text = library.template(name)(data, { helpers: helpersFor(layout, path) })
  if (!/\.[cm]?[jt]sx?$/.test(path)) return text
  return mergeImports(withReact(text, name, data, layout, path))
}

/** What the front end's modules import of React, as the host's version has it. */
function withReact(text: string, name: string, data: object, layout: Layout, path: string): string {
  const { client } = data as { client?: ClientProfile | null }
  if (!client || !logicalPathOf(name).startsWith('client/')) return text
  const standIn = layout.specifierOf(REACT_17, path)
  return reactImports(text, client, { hasJsx: name.endsWith('.tsx'), standIn })
}

function helpersFor(layout: Layout, path: string): Record<string, Handlebars.HelperDelegate> {
  return {
    module: (logical: string) => layout.specifierOf(logical, path),
    hostModule: (from: ModuleExport) => layout.hostSpecifierOf(from.file, path),
    importFrom: (from: ModuleExport, options: Handlebars.HelperOptions) =>
      importLine(
        from,
        isOfPackage(from) ? from.file : layout.hostSpecifierOf(from.file, path),
        options.hash,
      ),
    importLater: (from: ModuleExport) =>
      `(await import('${layout.hostSpecifierOf(from.file, path)}')).${from.default ? 'default' : from.name}`,
    class: (look: string, options: Handlebars.HelperOptions) =>
      `"${classesOf(look, styledOf(options))}"`,
    className: (look: string, options: Handlebars.HelperOptions) =>
      `'${classesOf(look, styledOf(options))}'`,
    classes: (look: string, options: Handlebars.HelperOptions) =>
      classesOf(look, styledOf(options)),
    literal: (value: unknown) => literal(value),
    bare: (table: string) => table.slice(table.indexOf('.') + 1),
    markdown: (text: string) => markdown(text),
    money: (amount: number, currency: string) => formatMoney(amount, currency),
    eq: (a: unknown, b: unknown) => a === b,
    not: (a: unknown) => !a,
    and: (...args: unknown[]) => args.slice(0, -1).every(Boolean),
    or: (...args: unknown[]) => args.slice(0, -1).some(Boolean),
  }
}

function styledOf(options: Handlebars.HelperOptions): Parameters<typeof classesOf>[1] {
  return (options.data as { root: Parameters<typeof classesOf>[1] }).root
}

/** An export of a package is named by the package, not by a file. */
function isOfPackage(from: ModuleExport | LoginMiddleware): boolean {
  return 'package' in from && from.package
}

function importLine(from: ModuleExport, specifier: string, hash: Record<string, unknown>): string {
  const alias = typeof hash['as'] === 'string' ? hash['as'] : from.name
  if (from.default) return `import ${alias} from '${specifier}'`
  const binding = alias === from.name ? from.name : `${from.name} as ${alias}`
  return `import { ${binding} } from '${specifier}'`
}

/** A JSON value as a TypeScript literal. Text becomes a quoted string, whatever is in it. */
export function literal(value: unknown): string {
  const text = JSON.stringify(value)
  if (text === undefined) throw new Error('Only JSON values can be literals in a template')
  return escaped(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** Text for a Markdown paragraph or table cell: shown as it is, never as markup. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([\\`*_{}[\]()#+!|~$])/g, '\\$1')
}
