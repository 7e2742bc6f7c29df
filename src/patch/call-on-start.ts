import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions, linesAfter, linesBefore, statement, type Insertion } from './insertion.js'
import { bindings, importSnippet, planImport, sameModule } from './named-import.js'
import { openSource, walk, type Source } from './source.js'

/** A function to be called when the server starts, as it is to be imported. */
export interface StartEdit {
  name: string
  from: string
}

/**
 * Calls a function where the server starts to listen, so that nothing runs when a module is only
 * imported. Anchors: `in-listen-callback` (the last statement of the callback), `before-listen`
 * where the listening server is returned, `after-listen`; where several servers of one app listen,
 * `after-listen` behind the last of them.
 */
export async function callOnStart(content: string, edit: StartEdit): Promise<EditResult> {
  return settle(
    () => `${importSnippet(edit)}\n\n// Where the server starts to listen:\n${edit.name}()`,
    async () => {
      const source = await openSource(content)
      if (isCalled(source, edit)) return { status: 'unchanged' }
      const [first, ...others] = listenCalls(source)
      const { insertion, localName } = planImport(source, edit, first.getStart(source.file))
      const line = statement(source, `${localName}()`)
      const { anchor, call } =
        others.length > 0
          ? behindAll(source, [first, ...others], line)
          : (inCallback(source, first, line) ?? beside(source, first, line))
      const insertions = insertion ? [insertion, call] : [call]
      return { status: 'changed', content: applyInsertions(source, insertions), anchor }
    },
  )
}

interface Place {
  anchor: string
  call: Insertion
}

function isCalled(source: Source, { name, from }: StartEdit): boolean {
  const { ts, file } = source
  const local = bindings(source).find(
    (each) => each.imported === name && sameModule(each.from, from),
  )?.local
  let called = false
  walk(ts, file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
    if (node.expression.text === local) called = true
  })
  return called
}

/** @throws Miss when nothing listens */
function listenCalls(source: Source): [TS.CallExpression, ...TS.CallExpression[]] {
  const { ts, file } = source
  const calls: TS.CallExpression[] = []
  const own = classesThatListen(source)
  walk(ts, file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    if (node.expression.name.text !== 'listen') return
    if (!isOneOf(source, node.expression.expression, own)) calls.push(node)
  })
  const [first, ...others] = calls
  if (!first) throw new Miss('anchor_not_found', 'The file starts no server to listen.')
  return [first, ...others]
}

/** Classes of the file with a method `listen` of their own, in which some server listens. */
function classesThatListen({ ts, file }: Source): TS.ClassLikeDeclaration[] {
  const found: TS.ClassLikeDeclaration[] = []
  walk(ts, file, (node) => {
    if (!ts.isClassLike(node)) return
    const method = node.members.find((member) => member.name?.getText(file) === 'listen')
    if (method && /\.listen\s*\(/.test(method.getText(file))) found.push(node)
  })
  return found
}

/** `this` in one of the classes, or an instance of one: what it starts is started in its method. */
function isOneOf(source: Source, receiver: TS.Expression, own: TS.ClassLikeDeclaration[]): boolean {
  const { ts, file } = source
  if (receiver.kind === ts.SyntaxKind.ThisKeyword) {
    return own.some((each) => each.pos <= receiver.pos && receiver.end <= each.end)
  }
  const names = own.flatMap(({ name }) => (name ? [name.text] : []))
  const isMade = (value: TS.Expression): boolean =>
    ts.isNewExpression(value) && names.includes(value.expression.getText(file))
  if (!ts.isIdentifier(receiver)) return isMade(receiver)
  let isInstance = false
  walk(ts, file, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText(file) !== receiver.text) return
    isInstance ||= node.initializer !== undefined && isMade(node.initializer)
  })
  return isInstance
}

/**
 * Behind the last of the statements that they stand in, or behind the condition that they are the
 * branches of: some server listens by then, and the function is called once.
 * @throws Miss when they do not all run in one block
 */
function behindAll(source: Source, calls: TS.CallExpression[], line: string): Place {
  const { ts } = source
  const chains = calls.map((call) => statementsAround(source, call))
  const blocks = chains.map((chain) => chain.map(({ parent }) => parent))
  const shared = blocks[0]?.find((block) => blocks.every((each) => each.includes(block)))
  const inShared = chains.flatMap((chain) => chain.filter(({ parent }) => parent === shared))
  const last = inShared.at(-1)
  const branches = inShared.every((each) => each === last && ts.isIfStatement(each))
  const isAlternative = branches && last && ts.isIfStatement(last) && !!last.elseStatement
  const isSure = chains.some(
    ([own]) =>
      own !== undefined &&
      own.parent === shared &&
      (ts.isExpressionStatement(own) || ts.isVariableStatement(own)),
  )
  if (!shared || !last || !(isAlternative || isSure)) {
    throw new Miss('ambiguous', 'The file starts more than one server.')
  }
  return { anchor: 'after-listen', call: linesAfter(source, last, [line]) }
}

/** The statements around a call that others can stand beside, the innermost first. */
function statementsAround(source: Source, call: TS.CallExpression): TS.Node[] {
  const { ts } = source
  const found: TS.Node[] = []
  for (let node: TS.Node = call; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isFunctionLike(node)) break
    if (isOwnStatement(source, node)) found.push(node)
  }
  return found
}

/** The end of the callback's body; null without such a body, or where the body ends otherwise. */
function inCallback(source: Source, listen: TS.CallExpression, line: string): Place | null {
  const { ts } = source
  const callback = listen.arguments.find(
    (each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each),
  )
  if (!callback?.body || !ts.isBlock(callback.body)) return null
  const last = callback.body.statements.at(-1)
  // After a condition, the call would seem to belong to it no more than it does.
  if (!last || !ts.isExpressionStatement(last)) return null
  try {
    return { anchor: 'in-listen-callback', call: linesAfter(source, last, [line]) }
  } catch (error) {
    // The whole callback stands on one line.
    if (error instanceof Miss && error.code === 'crowded_line') return null
    throw error
  }
}

/** @throws Miss when no statement of a block holds the call */
function beside(source: Source, listen: TS.CallExpression, line: string): Place {
  const { ts } = source
  let node: TS.Node = listen
  while (!isOwnStatement(source, node)) {
    // What follows the statement around a function may run without the function having run.
    const isPromise = ts.isNewExpression(node.parent)
    if ((ts.isFunctionLike(node) && !isPromise) || ts.isStatement(node)) {
      throw new Miss('anchor_not_found', 'The server starts to listen inside an expression.')
    }
    node = node.parent
  }
  return ts.isReturnStatement(node)
    ? { anchor: 'before-listen', call: linesBefore(source, node, [line]) }
    : { anchor: 'after-listen', call: linesAfter(source, node, [line]) }
}

/** Whether a node is a statement that others can stand beside. */
function isOwnStatement({ ts }: Source, node: TS.Node): boolean {
  const { parent } = node
  return (
    ts.isStatement(node) &&
    (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent))
  )
}
