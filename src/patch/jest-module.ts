import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { readNewline, readStyle } from './source-style.js'

type Ts = typeof TS

/** A module, and the file that Jest is to load for it. */
export interface JestModule {
  /** '@acme/sdk/v1' */
  module: string
  /** '<rootDir>/node_modules/@acme/sdk/dist/v1.cjs' */
  file: string
}

/**
 * Tells Jest in its settings where a module is. Versions below 28 do not read the `exports` of a
 * package, and so do not find what it exports under a path.
 *
 * @param path of the settings: a module that exports them, or a package.json
 */
export async function mapJestModule(
  text: string,
  entry: JestModule,
  path: string,
): Promise<EditResult> {
  const { ts } = await import('../syntax.js')
  const snippet = (): string =>
    `"moduleNameMapper": { ${JSON.stringify(pattern(entry))}: ${JSON.stringify(entry.file)} }`
  return settle(snippet, () => Promise.resolve(edited(ts, text, entry, path)))
}

function edited(ts: Ts, text: string, entry: JestModule, path: string): EditResult {
  if (text.includes(pattern(entry))) return { status: 'unchanged' }
  const isJson = path.endsWith('.json')
  const source = isJson
    ? ts.parseJsonText(path, text)
    : ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const settings = isJson ? inManifest(ts, source) : exported(ts, source)
  if (settings === 'none') return withSection(ts, text, source, entry)
  if (settings === null)
    throw new Miss('anchor_not_found', 'Its settings are not one plain object.')
  const rootDir = propertyOf(ts, settings, 'rootDir')
  if (rootDir) throw new Miss('anchor_not_found', 'It sets a rootDir of its own.')
  const quote = isJson ? '"' : readStyle(ts, source).quote
  const quoted = (word: string): string => quote + word + quote
  const pair = `${quoted(pattern(entry))}: ${quoted(entry.file)}`
  const mapper = propertyOf(ts, settings, 'moduleNameMapper')
  if (mapper && !ts.isObjectLiteralExpression(mapper)) {
    throw new Miss('anchor_not_found', 'Its moduleNameMapper is not a plain object.')
  }
  const name = isJson ? quoted('moduleNameMapper') : 'moduleNameMapper'
  return mapper
    ? insertFirst(text, source, mapper, pair)
    : insertFirst(text, source, settings, `${name}: ${objectWith(text, source, settings, pair)}`)
}

function pattern({ module }: JestModule): string {
  return `^${module}$`
}

/** A package.json without settings for Jest gets some. */
function withSection(ts: Ts, text: string, source: TS.SourceFile, entry: JestModule): EditResult {
  const root = source.statements[0]
  const object = root && ts.isExpressionStatement(root) ? root.expression : null
  const last = object && ts.isObjectLiteralExpression(object) ? object.properties.at(-1) : undefined
  if (!last) throw new Miss('parse_error', 'It cannot be read as JSON.')
  const lead = leadOf(text, source, last)
  const step = /[ \t]*$/.exec(lead)?.[0] ?? ''
  const pair = `${JSON.stringify(pattern(entry))}: ${JSON.stringify(entry.file)}`
  const added = `${lead}"jest": {${lead}${step}"moduleNameMapper": { ${pair} }${lead}}`
  const content = `${text.slice(0, last.end)},${added}${text.slice(last.end)}`
  return { status: 'changed', content, anchor: 'new-settings' }
}

function insertFirst(
  text: string,
  source: TS.SourceFile,
  object: TS.ObjectLiteralExpression,
  added: string,
): EditResult {
  const start = object.getStart(source) + 1
  const [first] = object.properties
  const content = first
    ? `${text.slice(0, start)}${leadOf(text, source, first)}${added},${text.slice(start)}`
    : `${text.slice(0, start)} ${added} ${text.slice(object.end - 1)}`
  return { status: 'changed', content, anchor: 'in-the-settings' }
}

/** An object with one entry, over several lines where the one that it is put into is. */
function objectWith(
  text: string,
  source: TS.SourceFile,
  object: TS.ObjectLiteralExpression,
  pair: string,
): string {
  const { properties } = object
  const [first] = properties
  const lead = first ? leadOf(text, source, first) : ' '
  if (!first || !lead.includes('\n')) return `{ ${pair} }`
  const line = text.slice(0, object.getStart(source)).split('\n').at(-1) ?? ''
  const outer = /^[ \t]*/.exec(line)?.[0] ?? ''
  const step = (/[ \t]*$/.exec(lead)?.[0] ?? '').slice(outer.length)
  const comma = properties.hasTrailingComma ? ',' : ''
  return `{${lead}${step}${pair}${comma}${lead}}`
}

/** What stands before a property, without comments: a line of its own, or a space. */
function leadOf(text: string, source: TS.SourceFile, property: TS.Node): string {
  const before = text.slice(property.getFullStart(), property.getStart(source))
  if (!before.includes('\n')) return ' '
  return readNewline(text) + (/[ \t]*$/.exec(before)?.[0] ?? '')
}

function inManifest(ts: Ts, source: TS.SourceFile): TS.ObjectLiteralExpression | 'none' | null {
  const root = source.statements[0]
  const object = root && ts.isExpressionStatement(root) ? root.expression : null
  if (!object || !ts.isObjectLiteralExpression(object)) return null
  const jest = propertyOf(ts, object, 'jest')
  if (!jest) return 'none'
  return ts.isObjectLiteralExpression(jest) ? jest : null
}

/** The object that a module exports, also by the name of a variable. */
function exported(ts: Ts, source: TS.SourceFile): TS.ObjectLiteralExpression | null {
  for (const statement of source.statements) {
    const value = exportedBy(ts, statement)
    if (!value) continue
    const named = ts.isIdentifier(value) ? valueOf(ts, source, value.text) : value
    const plain = named && unwrapped(ts, named)
    return plain && ts.isObjectLiteralExpression(plain) ? plain : null
  }
  return null
}

function exportedBy(ts: Ts, statement: TS.Statement): TS.Expression | null {
  if (ts.isExportAssignment(statement)) return unwrapped(ts, statement.expression)
  if (!ts.isExpressionStatement(statement)) return null
  const { expression } = statement
  if (!ts.isBinaryExpression(expression)) return null
  const isExports = expression.left.getText() === 'module.exports'
  return isExports ? unwrapped(ts, expression.right) : null
}

function valueOf(ts: Ts, source: TS.SourceFile, name: string): TS.Expression | null {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name: declared, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(declared) && declared.text === name) return initializer ?? null
    }
  }
  return null
}

function unwrapped(ts: Ts, value: TS.Expression): TS.Expression {
  const isWrapped =
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isParenthesizedExpression(value)
  return isWrapped ? unwrapped(ts, value.expression) : value
}

function propertyOf(
  ts: Ts,
  object: TS.ObjectLiteralExpression,
  name: string,
): TS.Expression | null {
  for (const property of object.properties) {
    if (!ts.isPropertyAssignment(property)) continue
    const { name: key, initializer } = property
    if ((ts.isIdentifier(key) || ts.isStringLiteral(key)) && key.text === name) return initializer
  }
  return null
}
