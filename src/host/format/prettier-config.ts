import type { ts } from 'ts-morph'
import type { Evidence, FormatProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { folderOf, joinPath } from '../host-files.js'
import { isRecord } from '../manifest.js'
import { propertyOf, resolveExpression } from '../source/expression.js'
import type { Sources } from '../source/sources.js'
import { readSimpleToml, readSimpleYaml } from './simple-config.js'

type Options = FormatProfile['options']

export interface PrettierConfig {
  evidence: Evidence
  /** Null when the file cannot be read without running it. */
  options: Options | null
}

const MODULES = ['js', 'ts', 'mjs', 'mts', 'cjs', 'cts']
/** In the order in which Prettier looks for them in a folder. */
const NAMES = [
  '.prettierrc',
  '.prettierrc.json',
  '.prettierrc.yaml',
  '.prettierrc.yml',
  '.prettierrc.json5',
  ...MODULES.map((ending) => `.prettierrc.${ending}`),
  ...MODULES.map((ending) => `prettier.config.${ending}`),
  '.prettierrc.toml',
]

/** A parser is chosen for each file: the one for code cannot read the others. */
const NOT_OURS = new Set(['$schema', 'parser'])

/** The configuration nearest to a file, with the overrides for its language. */
export function prettierConfig(context: DetectionContext, file: string): PrettierConfig | null {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const found = fromManifest(context, folder, file) ?? fromFile(context, folder, file)
    if (found || folder === '') return found
  }
}

function fromManifest(
  { packages }: DetectionContext,
  folder: string,
  source: string,
): PrettierConfig | null {
  const manifest = packages.manifests.find(({ dir }) => dir === folder)
  const value = manifest?.json['prettier']
  if (manifest === undefined || value === undefined) return null
  const evidence = manifest.evidence('prettier')
  // A name stands for a shared configuration in a package.
  return { evidence, options: isRecord(value) ? optionsOf(value, source) : null }
}

function fromFile(
  { files, sources }: DetectionContext,
  folder: string,
  source: string,
): PrettierConfig | null {
  const file = files.firstFile(NAMES.map((name) => joinPath(folder, name)))
  if (file === null) return null
  const value = parse(sources, file, files.read(file) ?? '')
  return { evidence: { file, line: 1 }, options: isRecord(value) ? optionsOf(value, source) : null }
}

function parse(sources: Sources, file: string, text: string): unknown {
  if (file.endsWith('.toml')) return readSimpleToml(text)
  if (/\.ya?ml$/.test(file)) return readSimpleYaml(text)
  if (MODULES.some((ending) => file.endsWith(`.${ending}`))) return fromModule(sources, file)
  // JSON, JSON5 and, in a file without an ending, YAML.
  if (!/^\s*(\/[/*]|\{)/.test(text)) return /\.json5?$/.test(file) ? null : readSimpleYaml(text)
  return sources.ts.parseConfigFileTextToJson(file, text).config as unknown
}

/** What applies to the host's source files: plain values, and overrides for their language. */
function optionsOf(config: Record<string, unknown>, source: string): Options {
  const overrides: unknown[] = Array.isArray(config['overrides']) ? config['overrides'] : []
  const applying = overrides
    .filter(isRecord)
    .filter((override) => covers(override['files'], source))
    .map((override) => override['options'])
    .filter(isRecord)
  return Object.assign({}, ...[config, ...applying].map(plainValues)) as Options
}

/** Patterns for TypeScript files, or for JavaScript where the host is written in it. */
function covers(files: unknown, file: string): boolean {
  const ending = file.slice(file.lastIndexOf('.') + 1)
  const patterns: unknown[] = Array.isArray(files) ? files : [files]
  return patterns.some(
    (pattern) =>
      typeof pattern === 'string' &&
      new RegExp(`^(\\*\\*/)?\\*(\\.\\{?([\\w,]*,)?${ending}x?\\b.*)?$`).test(pattern),
  )
}

function plainValues(config: Record<string, unknown>): Options {
  const kept = Object.entries(config).filter(
    (entry): entry is [string, string | number | boolean] => {
      return ['string', 'number', 'boolean'].includes(typeof entry[1]) && !NOT_OURS.has(entry[0])
    },
  )
  return Object.fromEntries(kept)
}

/** The object that a module exports, when it is written down as one. */
function fromModule(sources: Sources, file: string): unknown {
  const index = sources.index(file)
  const exported = sources.exportedFrom(file, 'default')
  const node = exported?.kind === 'local' ? sources.valueOf(exported.node) : null
  return index ? literal(sources, node ?? commonJsExport(sources, file)) : null
}

function commonJsExport(sources: Sources, file: string): ts.Node | null {
  const { ts } = sources
  for (const statement of sources.parse(file)?.statements ?? []) {
    if (!ts.isExpressionStatement(statement)) continue
    const { expression } = statement
    if (!ts.isBinaryExpression(expression)) continue
    if (expression.left.getText() !== 'module.exports') continue
    const value = sources.unwrap(expression.right)
    return ts.isIdentifier(value) ? (resolveExpression(sources, file, value)?.node ?? null) : value
  }
  return null
}

function literal(sources: Sources, node: ts.Node | null): unknown {
  const { ts } = sources
  if (!node) return null
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.map((element) => literal(sources, sources.unwrap(element)))
  }
  if (!ts.isObjectLiteralExpression(node)) return null
  // A spread brings in settings that are not written here.
  if (node.properties.some((property) => ts.isSpreadAssignment(property))) return null
  const names = node.properties.map((property) =>
    (property.name?.getText() ?? '').replace(/^['"]|['"]$/g, ''),
  )
  return Object.fromEntries(
    names.map((name) => [name, literal(sources, propertyOf(sources, node, name))]),
  )
}
