import type { ts } from 'ts-morph'
import { isOfPackage } from './source/package-value.js'
import type { Sources } from './source/sources.js'

const NAME = /^send(transactional)?e?mail$/i
const NEEDED = ['to', 'subject', 'text']
const MAIL_OPTIONS = { from: 'nodemailer', names: ['SendMailOptions', 'Options', 'MailOptions'] }

/**
 * Whether a declaration is a function that sends one email and can be waited for, and that is
 * content with an object of to, subject and text: its parameter says so, and asks for no more.
 *
 * @param value what the declaration is set to, or itself
 */
export function takesMail(
  sources: Sources,
  file: string,
  declaration: ts.Node,
  value: ts.Node,
): boolean {
  const { ts } = sources
  if (
    !ts.isFunctionDeclaration(value) &&
    !ts.isFunctionExpression(value) &&
    !ts.isArrowFunction(value)
  ) {
    return false
  }
  const name = ts.isVariableDeclaration(declaration) ? declaration.name : value.name
  if (!name || !NAME.test(name.getText())) return false
  const [mail, ...others] = value.parameters
  if (!mail?.type || mail.dotDotDotToken || !isAwaitable(sources, value)) return false
  if (others.some((other) => !other.questionToken && !other.initializer && !other.dotDotDotToken)) {
    return false
  }
  return isMail(sources, file, mail.type)
}

/** What is not waited for may have failed when it is taken for sent. */
function isAwaitable({ ts }: Sources, made: ts.FunctionLikeDeclaration): boolean {
  const isAsync = (ts.getCombinedModifierFlags(made) & ts.ModifierFlags.Async) !== 0
  return isAsync || (made.type?.getText().startsWith('Promise<') ?? false)
}

function isMail(sources: Sources, file: string, type: ts.TypeNode): boolean {
  const { ts } = sources
  if (ts.isTypeLiteralNode(type)) return hasMembers(sources, type.members)
  if (!ts.isTypeReferenceNode(type)) return false
  if (isOfPackage(sources, file, type.typeName, MAIL_OPTIONS)) return true
  if (!ts.isIdentifier(type.typeName) || type.typeArguments) return false
  const meaning = sources.meaningOf(file, type.typeName.text)
  if (meaning?.kind !== 'local') return false
  const { node } = meaning
  // What an interface extends may ask for more.
  if (ts.isInterfaceDeclaration(node)) {
    return !node.heritageClauses && !node.typeParameters && hasMembers(sources, node.members)
  }
  return (
    ts.isTypeAliasDeclaration(node) &&
    ts.isTypeLiteralNode(node.type) &&
    hasMembers(sources, node.type.members)
  )
}

function hasMembers({ ts }: Sources, members: ts.NodeArray<ts.TypeElement>): boolean {
  const texts: string[] = []
  for (const member of members) {
    const name = member.name?.getText() ?? ''
    if (NEEDED.includes(name)) {
      if (!ts.isPropertySignature(member) || !takesText(ts, member.type)) return false
      texts.push(name)
    } else if (!member.questionToken) {
      return false
    }
  }
  return texts.length === NEEDED.length
}

function takesText(compiler: typeof ts, type: ts.TypeNode | undefined): boolean {
  if (!type) return false
  const options = compiler.isUnionTypeNode(type) ? [...type.types] : [type]
  return options.some(({ kind }) => kind === compiler.SyntaxKind.StringKeyword)
}
