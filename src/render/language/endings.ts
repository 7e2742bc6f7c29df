import type { PackageProfile } from '../../types.js'

const JAVASCRIPT: Record<string, string> = { ts: 'js', tsx: 'jsx', mts: 'mjs', cts: 'cjs' }

/** The path of a template's module where it is written in the language: `x.ts`, `x.js`. */
export function pathIn(language: PackageProfile['language']['value'], path: string): string {
  if (language === 'typescript') return path
  return path.replace(/\.([cm]?tsx?)$/, (ending, name: string) => `.${JAVASCRIPT[name] ?? ending}`)
}

/** Vitest's tests are ES modules: a package of CommonJS, and its linter, take them for one as .mjs. */
export function asModule({ language, modules }: PackageProfile, path: string): string {
  const isCommonJs = language.value === 'javascript' && modules.value === 'commonjs'
  return isCommonJs ? path.replace(/\.js$/, '.mjs') : path
}

/** A relative path of a module as an import of it is written: `./x.ts` is `./x.js`, or `./x`. */
export function importedAs(
  style: PackageProfile['importExtension']['value'],
  path: string,
): string {
  const [ending = '', kind] = /\.([cm]?)[jt]sx?$/.exec(path) ?? []
  // Node takes no module of these endings for one without.
  if (ending === '' || kind !== '') return path.replace(/\.([cm])ts$/, '.$1js')
  const bare = path.slice(0, -ending.length)
  if (style === '') return bare
  return style === '.js' && ending.startsWith('.ts') ? `${bare}.js` : path
}
