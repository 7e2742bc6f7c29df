/**
 * Builds `dist`: the command as one bundle that loads its heavy parts only when they are used,
 * with the templates compiled into it, the public types, and the licenses of what is bundled.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import Handlebars from 'handlebars'
import { syntaxCompiler } from './syntax-compiler.js'
import { thirdPartyLicenses } from './third-party-licenses.js'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')
const node = { platform: 'node', format: 'esm', target: 'node20', bundle: true }

rmSync(dist, { recursive: true, force: true })
const { compileOptions, logicalPathOf, readTemplateNames, withModuleHelpers } =
  await templateRules()
const { metafile } = await build({
  ...node,
  absWorkingDir: root,
  entryPoints: { cli: 'src/cli/main.ts', types: 'src/types.ts' },
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  minify: true,
  metafile: true,
  legalComments: 'none',
  banner: { js: commonJsNames() },
  plugins: [precompiledTemplates(), oneCompiler()],
})
const licenses = thirdPartyLicenses(Object.keys(metafile.inputs), root)
writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licenses)
writeFileSync(join(dist, 'metafile.json'), JSON.stringify(metafile))
execFileSync(process.execPath, [
  join(root, 'node_modules/typescript/bin/tsc'),
  ...['--project', join(root, 'tsconfig.types.json')],
])

/** What bundled CommonJS packages expect to find in a module. */
function commonJsNames() {
  return [
    "import { createRequire as __createRequire } from 'node:module'",
    "import { dirname as __dirnameOf } from 'node:path'",
    "import { fileURLToPath as __pathOf } from 'node:url'",
    'const require = __createRequire(import.meta.url)',
    'const __filename = __pathOf(import.meta.url)',
    'const __dirname = __dirnameOf(__filename)',
  ].join(';')
}

/** The rules for templates stand in the source, in TypeScript; the build reads them from there. */
async function templateRules() {
  const { outputFiles } = await build({
    ...node,
    absWorkingDir: root,
    stdin: {
      contents: [
        "export { compileOptions, logicalPathOf } from './src/render/engine.ts'",
        "export { withModuleHelpers } from './src/render/imports.ts'",
        "export { readTemplateNames } from './src/render/read-templates.ts'",
      ].join('\n'),
      resolveDir: root,
    },
    write: false,
  })
  const code = Buffer.from(outputFiles[0].contents).toString('base64')
  return import(`data:text/javascript;base64,${code}`)
}

/**
 * What asks for TypeScript is given the one that ts-morph carries, and of that only what is used: the
 * command reads and edits syntax, for which ts-morph's own classes and the checker need not be loaded.
 */
function oneCompiler() {
  const require = createRequire(import.meta.url)
  const carried = createRequire(require.resolve('ts-morph')).resolve('@ts-morph/common')
  const file = join(dirname(carried), 'typescript.js')
  const ts = require(file)
  const names = namesUsed(ts)
  return {
    name: 'one-compiler',
    setup(setup) {
      setup.onResolve({ filter: /^(ts-morph|typescript)$/ }, () => ({
        path: 'typescript',
        namespace: 'one-compiler',
      }))
      setup.onLoad({ filter: /.*/, namespace: 'one-compiler' }, () => ({
        contents: [
          `import { ${names.join(', ')} } from ${JSON.stringify(file)}`,
          `export const ts = { ${names.join(', ')} }`,
          'export default ts',
        ].join('\n'),
        resolveDir: root,
        loader: 'js',
      }))
      setup.onLoad({ filter: /@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/ }, () => ({
        contents: syntaxCompiler(readFileSync(file, 'utf8'), names, ts),
        loader: 'js',
      }))
    },
  }
}

/** What the sources, and the package that erases types, use of the compiler; its types are not there. */
function namesUsed(ts) {
  const eraser = dirname(fileURLToPath(import.meta.resolve('ts-blank-space')))
  const used = [join(root, 'src'), eraser].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/\bts(?:lib)?\.(\w+)/g),
      ]),
  )
  return [...new Set(used.map(([, name]) => name))].filter((name) => name in ts).sort()
}

function precompiledTemplates() {
  const folder = join(root, 'templates')
  const names = readTemplateNames(folder)
  return {
    name: 'precompiled-templates',
    setup(setup) {
      setup.onLoad({ filter: /src[\\/]render[\\/]library\.ts$/ }, () => ({
        contents: libraryModule(folder, names.templates),
        resolveDir: join(root, 'src/render'),
        loader: 'js',
      }))
      setup.onLoad({ filter: /src[\\/]render[\\/]template-names\.ts$/ }, () => ({
        contents: `export const templateNames = ${JSON.stringify(names)}`,
        loader: 'js',
      }))
    },
  }
}

function libraryModule(folder, names) {
  const entries = names.map((name) => {
    const source = readFileSync(join(folder, `${name}.hbs`), 'utf8')
    const prepared = withModuleHelpers(source, logicalPathOf(name))
    return `${JSON.stringify(name)}: () => (${Handlebars.precompile(prepared, compileOptions)})`
  })
  return `
    import runtime from 'handlebars/runtime.js'
    import { templateNames } from './template-names.js'
    const specs = {${entries.join(',\n')}}
    const engine = runtime.create()
    const made = new Map()
    export function openLibrary() {
      return {
        engine,
        names: () => templateNames.templates,
        template(name) {
          if (!made.has(name)) made.set(name, engine.template(specs[name]()))
          return made.get(name)
        },
      }
    }`
}
