import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import {
  applyInsertions,
  endOfLine,
  linesAfter,
  quoted,
  statement,
  type Insertion,
} from './insertion.js'
import { oncePerFile, openSource, walk, type Source } from './source.js'

export interface NamedImport {
  name: string
  /** The module specifier as it is to be written. */
  from: string
}

/** What an import needs: the insertion (none when it is there) and the name the file knows it by. */
export interface PlannedImport {
  insertion: Insertion | null
  localName: string
}

/**
 * Imports a name, on a line of its own, in the file's module system. The import stands after the
 * last one; without any, at the top below shebang, licence and directives.
 */
export async function addNamedImport(content: string, wanted: NamedImport): Promise<EditResult> {
  return settle(
    () => importSnippet(wanted),
    async () => {
      const source = await openSource(content)
      const { insertion } = planImport(source, wanted)
      if (!insertion) return { status: 'unchanged' }
      const anchor = lastImport(source) ? 'after-last-import' : 'top-of-file'
      return { status: 'changed', content: applyInsertions(source, [insertion]), anchor }
    },
  )
}

/** The line a person would write, in the plainest style. */
export function importSnippet({ name, from }: NamedImport): string {
  return `import { ${name} } from '${from}'`
}

/**
 * Where the import goes. In CommonJS it must be evaluated before `usedAt`.
 * @throws Miss `name_taken` when the file uses the name for something else.
 */
export function planImport(source: Source, wanted: NamedImport, usedAt = Infinity): PlannedImport {
  const bound = bindings(source).filter((each) => sameModule(each.from, wanted.from))
  const present = bound.find((each) => each.imported === wanted.name && !each.typeOnly)
  if (present) return { insertion: null, localName: present.local }
  if (isDeclared(source, wanted.name)) {
    throw new Miss('name_taken', `The file already has another \`${wanted.name}\`.`)
  }
  return { insertion: place(source, importLine(source, wanted), usedAt), localName: wanted.name }
}

interface Binding {
  /** Exported name, 'default' or '*'. */
  imported: string
  local: string
  from: string
  typeOnly: boolean
}

/** Everything the file imports or requires at its top level. */
export const bindings = oncePerFile((source): Binding[] => {
  const { ts, file } = source
  return file.statements.flatMap((node): Binding[] => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      return importBindings(source, node, node.moduleSpecifier.text)
    }
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      const { expression } = node.moduleReference
      if (!ts.isStringLiteral(expression)) return []
      return [{ imported: '*', local: node.name.text, from: expression.text, typeOnly: false }]
    }
    return ts.isVariableStatement(node) ? requireBindings(source, node) : []
  })
})

function importBindings(source: Source, node: TS.ImportDeclaration, from: string): Binding[] {
  const { ts } = source
  const clause = node.importClause
  if (!clause) return []
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword
  const found: Binding[] = []
  if (clause.name) found.push({ imported: 'default', local: clause.name.text, from, typeOnly })
  const named = clause.namedBindings
  if (named && ts.isNamespaceImport(named)) {
    found.push({ imported: '*', local: named.name.text, from, typeOnly })
  }
  for (const each of named && ts.isNamedImports(named) ? named.elements : []) {
    const imported = (each.propertyName ?? each.name).text
    found.push({ imported, local: each.name.text, from, typeOnly: typeOnly || each.isTypeOnly })
  }
  return found
}

function requireBindings(source: Source, node: TS.VariableStatement): Binding[] {
  const { ts } = source
  return node.declarationList.declarations.flatMap(({ name, initializer }): Binding[] => {
    const from = initializer && requiredModule(source, initializer)
    if (!from) return []
    // A required module is its namespace and, under interop, its default at once.
    if (ts.isIdentifier(name)) return [{ imported: '*', local: name.text, from, typeOnly: false }]
    if (!ts.isObjectBindingPattern(name)) return []
    return name.elements.flatMap((element): Binding[] => {
      if (!ts.isIdentifier(element.name)) return []
      const { propertyName } = element
      const imported =
        propertyName && ts.isIdentifier(propertyName) ? propertyName.text : element.name.text
      return [{ imported, local: element.name.text, from, typeOnly: false }]
    })
  })
}

function requiredModule({ ts }: Source, node: TS.Expression): string | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null
  const [argument] = node.arguments
  if (node.expression.text !== 'require' || !argument || !ts.isStringLiteral(argument)) return null
  return argument.text
}

/** Two spellings of one relative module: with or without its extension. */
export function sameModule(a: string, b: string): boolean {
  const bare = (specifier: string) => specifier.replace(/\.[cm]?[jt]sx?$/, '')
  return bare(a) === bare(b)
}

function isDeclared(source: Source, name: string): boolean {
  const { ts, file } = source
  let declared = false
  walk(ts, file, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return
    const { parent } = node
    const named = parent as TS.Node & { name?: TS.Node }
    declared ||= named.name === node && isBinding(ts, parent)
  })
  return declared
}

function isBinding(ts: Source['ts'], node: TS.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isImportClause(node) ||
    ts.isImportSpecifier(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isEnumDeclaration(node)
  )
}

function importLine(source: Source, { name, from }: NamedImport): string {
  const { style } = source
  const names = style.bracketSpacing ? `{ ${name} }` : `{${name}}`
  const module = quoted(style.importQuote, from)
  const code = isCommonJs(source)
    ? `const ${names} = require(${module})`
    : `import ${names} from ${module}`
  return statement(source, code)
}

function isCommonJs(source: Source): boolean {
  const { ts, file } = source
  const isEsm = file.statements.some(
    (node) =>
      ts.isImportDeclaration(node) ||
      ts.isImportEqualsDeclaration(node) ||
      ts.isExportDeclaration(node) ||
      ts.isExportAssignment(node) ||
      (ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword)),
  )
  return !isEsm && /\brequire\s*\(|\bmodule\.exports\b|\bexports\./.test(source.text)
}

/** The statement new imports follow: the last import, or in CommonJS the last `require` in time. */
function lastImport(source: Source, usedAt = Infinity): TS.Statement | undefined {
  const { ts, file } = source
  const commonJs = isCommonJs(source)
  return file.statements.findLast((node) =>
    commonJs
      ? node.end <= usedAt &&
        ts.isVariableStatement(node) &&
        requireBindings(source, node).length > 0
      : ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node),
  )
}

function place(source: Source, line: string, usedAt: number): Insertion {
  const last = lastImport(source, usedAt)
  if (last) return linesAfter(source, last, [line])
  return placeAtTop(source, line)
}

function placeAtTop(source: Source, line: string): Insertion {
  const { ts, file, text, style } = source
  const directive = file.statements.findLast(
    (node, index) =>
      ts.isExpressionStatement(node) &&
      ts.isStringLiteral(node.expression) &&
      file.statements.slice(0, index).every((each) => ts.isExpressionStatement(each)),
  )
  if (directive) return linesAfter(source, directive, ['', line])
  const at = endOfHeader(source)
  const rest = text.slice(at)
  const blank = rest === '' || /^\r?\n/.test(rest) ? '' : style.newline
  return { at, text: line + style.newline + blank }
}

const HEADER = /copyright|licen[cs]e|@file|@ts-|eslint|prettier|@flow|spdx|^\/\*!/i

/** Behind the shebang and the comments that speak of the file rather than of its first statement. */
function endOfHeader({ ts, text, file }: Source): number {
  const shebang = ts.getShebang(text)?.length ?? 0
  let at = shebang ? nextLine(text, shebang) : 0
  const first = file.statements[0]?.getStart(file) ?? text.length
  for (const comment of ts.getLeadingCommentRanges(text, shebang) ?? []) {
    const until = nextLine(text, comment.end)
    if (until > first) break
    const detached = /^[ \t]*\r?\n/.test(text.slice(until))
    if (!detached && !HEADER.test(text.slice(comment.pos, comment.end))) continue
    at = detached ? nextLine(text, until) : until
  }
  return at
}

function nextLine(text: string, position: number): number {
  const end = endOfLine(text, position)
  return Math.min(text.length, text[end] === '\r' ? end + 2 : end + 1)
}
