import type { ts as TS } from 'ts-morph'
import { ts } from '../../syntax.js'
import { spliced, type Splice } from './splice.js'

/**
 * A module of TypeScript with the types of what it exports in its comments, where JavaScript keeps
 * them and an editor reads them. Types of the app's own modules have no name there: they are written
 * out, or left out.
 *
 * @param path says whether there is JSX in it
 */
export function withJsDoc(text: string, path: string): string {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  return spliced(
    text,
    file.statements.flatMap((node) => documented(file, node)),
  )
}

const OBJECT = 'object'
const ANYTHING = '*'

/** Longer lines of a comment are continued in the next one. */
const WIDTH = 90

interface Tag {
  /** What it begins with: '@param name', '@returns'. */
  head: string
  /** The whole of it, without what the comment says of it: '@param {string} name'. */
  typed: string
  text?: string
}

function documented(file: TS.SourceFile, node: TS.Statement): Splice[] {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
  const types = new Types(file)
  const tags = ts.isFunctionDeclaration(node)
    ? [...node.parameters.flatMap((each) => types.tagsOf(each)), ...types.returned(node.type)]
    : ts.isVariableStatement(node)
      ? types.typeTag(node.declarationList.declarations[0]?.type)
      : []
  return tags.length > 0 ? [commentWith(file, node, tags)] : []
}

/** Writes the types of a module as they can be written without what TypeScript alone has. */
class Types {
  readonly #imported = new Map<string, string>()
  readonly #declared = new Map<string, TS.InterfaceDeclaration | TS.TypeAliasDeclaration>()

  constructor(readonly file: TS.SourceFile) {
    for (const node of file.statements) {
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
        this.#declared.set(node.name.text, node)
      }
      if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue
      const bindings = node.importClause?.namedBindings
      if (!bindings || !ts.isNamedImports(bindings)) continue
      for (const { name } of bindings.elements) {
        this.#imported.set(name.text, node.moduleSpecifier.text)
      }
    }
  }

  /** A parameter that is an object of the module's own is described by its fields. */
  tagsOf(parameter: TS.ParameterDeclaration): Tag[] {
    const { name, type, questionToken, initializer } = parameter
    const called = ts.isIdentifier(name) ? name.text : 'props'
    if (called === 'this') return []
    const isOptional = questionToken !== undefined || initializer !== undefined
    if (!type) return initializer ? literalTag(initializer, called) : []
    const members = this.#membersOf(type)
    if (members) return [param(OBJECT, called, isOptional), ...this.#fieldsOf(members, called)]
    const written = this.write(type)
    return written === null ? [] : [param(written, called, isOptional)]
  }

  returned(type: TS.TypeNode | undefined): Tag[] {
    const written = type && type.kind !== ts.SyntaxKind.VoidKeyword ? this.write(type) : null
    return written !== null && written !== OBJECT
      ? [{ head: '@returns', typed: `@returns {${written}}` }]
      : []
  }

  typeTag(type: TS.TypeNode | undefined): Tag[] {
    const written = type ? this.write(type) : null
    return written ? [{ head: '@type', typed: `@type {${written}}` }] : []
  }

  #membersOf(type: TS.TypeNode): readonly TS.TypeElement[] | null {
    if (ts.isTypeLiteralNode(type)) return type.members
    if (!ts.isTypeReferenceNode(type)) return null
    const declared = this.#declared.get(type.typeName.getText(this.file))
    return declared && ts.isInterfaceDeclaration(declared) ? declared.members : null
  }

  #fieldsOf(members: readonly TS.TypeElement[], of: string): Tag[] {
    return members.flatMap((member) => {
      if (!ts.isPropertySignature(member) || !member.type) return []
      const written = this.write(member.type) ?? ANYTHING
      const name = `${of}.${member.name.getText(this.file)}`
      return [
        { ...param(written, name, member.questionToken !== undefined), text: textAbove(member) },
      ]
    })
  }

  /** Null for what cannot be written. */
  write(type: TS.TypeNode): string | null {
    if (ts.isTypeReferenceNode(type)) return this.#reference(type)
    const parts: Splice[] = []
    let isWritable = true
    const visit = (node: TS.Node): void => {
      if (!ts.isTypeReferenceNode(node)) {
        ts.forEachChild(node, visit)
        return
      }
      const text = this.#reference(node)
      if (text === null) isWritable = false
      else parts.push({ start: node.getStart(this.file), end: node.end, text })
    }
    visit(type)
    const start = type.getStart(this.file)
    const moved = parts.map((part) => ({
      ...part,
      start: part.start - start,
      end: part.end - start,
    }))
    const written = spliced(type.getText(this.file), moved).replace(/\s+/g, ' ')
    return isWritable ? written : null
  }

  #reference(node: TS.TypeReferenceNode): string | null {
    const name = node.typeName.getText(this.file)
    const given = node.typeArguments?.map((each) => this.write(each)) ?? []
    if (given.includes(null)) return null
    const rest = given.length > 0 ? `<${given.join(', ')}>` : ''
    const from = this.#imported.get(name)
    if (from !== undefined && !from.startsWith('.')) return `import('${from}').${name}${rest}`
    // Slugs of plans, products and meters are texts that the config lists.
    if (/Slug$/.test(name)) return 'string'
    const declared = this.#declared.get(name)
    if (declared) return ts.isTypeAliasDeclaration(declared) ? this.write(declared.type) : OBJECT
    return from === undefined && /^[A-Z]\w*$/.test(name) ? name + rest : null
  }
}

/** The type that a parameter has by its default. */
function literalTag(value: TS.Expression, name: string): Tag[] {
  if (ts.isStringLiteral(value)) return [param('string', name, true)]
  return ts.isNumericLiteral(value) ? [param('number', name, true)] : []
}

function param(type: string, name: string, isOptional: boolean): Tag {
  const typed = `@param {${type}} ${isOptional ? `[${name}]` : name}`
  return { head: `@param ${name}`, typed }
}

/** What the comment above a field says, in one line. */
function textAbove(member: TS.TypeElement): string {
  const [comment] = ts.getLeadingCommentRanges(member.getSourceFile().text, member.pos) ?? []
  if (!comment) return ''
  return linesOf(member.getSourceFile().text.slice(comment.pos, comment.end)).join(' ').trim()
}

/** The comment of a statement with the tags in it, in place of the one that it has. */
function commentWith(file: TS.SourceFile, node: TS.Statement, tags: Tag[]): Splice {
  const { text } = file
  const start = node.getStart(file)
  const above = ts.getLeadingCommentRanges(text, node.pos)?.at(-1)
  const own = above && /^\/\*\*/.test(text.slice(above.pos, above.end)) ? above : null
  const lines = own ? linesOf(text.slice(own.pos, own.end)) : []
  const firstTag = lines.findIndex((line) => line.startsWith('@'))
  const prose = (firstTag === -1 ? lines : lines.slice(0, firstTag)).join('\n').trim()
  const said =
    firstTag === -1
      ? []
      : lines
          .slice(firstTag)
          .join('\n')
          .split(/\n(?=@)/)
  const known =
    (head: string) =>
    (one: string): boolean =>
      one === head || one.startsWith(`${head} `) || one.startsWith(`${head}\n`)
  const typed = tags.map(({ head, typed: tag, text: own = '' }) => {
    const spoken = said.find(known(head))?.slice(head.length).trimStart() ?? own
    return continued(tag, spoken)
  })
  const others = said.filter((one) => !tags.some(({ head }) => known(head)(one)))
  const isParam = (one: string): boolean => one.startsWith('@param')
  const written = [...typed, ...others]
  const ordered = [...written.filter(isParam), ...written.filter((one) => !isParam(one))]
  const all = [prose, ordered.join('\n')].filter((part) => part !== '').join('\n\n')
  const body = all.split('\n').map((line) => ` * ${line}`.trimEnd())
  const comment = ['/**', ...body, ' */'].join('\n')
  return { start: own?.pos ?? start, end: start, text: `${comment}\n` }
}

/** A tag and what is said of it, on as many lines as it takes. */
function continued(tag: string, spoken: string): string {
  const lines = [tag]
  for (const word of spoken.split(/\s+/).filter((each) => each !== '')) {
    const line = `${lines.at(-1)} ${word}`
    if (line.length <= WIDTH) lines[lines.length - 1] = line
    else lines.push(`  ${word}`)
  }
  return lines.join('\n')
}

/** The lines of a comment without what marks it as one. */
function linesOf(comment: string): string[] {
  return comment
    .replace(/^\/\*\*?|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .filter((line, index, all) => line !== '' || (index > 0 && index < all.length - 1))
}
