import { Node, Project, SyntaxKind, type NumericLiteral, type SourceFile } from 'ts-morph'
import type { Edit } from './mutant.js'
import { isSql, sqlEdits } from './sql-mutants.js'

const project = new Project({ useInMemoryFileSystem: true })

/**
 * Every fault that the engine knows to make in a file of server code. Left out are types, log
 * lines, and texts for people: no test should pin those.
 */
export function editsOf(source: string): Edit[] {
  const file = project.createSourceFile('mutated.ts', source, { overwrite: true })
  const edits: Edit[] = []
  file.forEachDescendant((node, traversal) => {
    if (isLeftOut(node)) traversal.skip()
    else edits.push(...editsAt(node))
  })
  return edits.filter((edit) => parses(source, edit))
}

function parses(source: string, { start, end, replacement }: Edit): boolean {
  const text = source.slice(0, start) + replacement + source.slice(end)
  const file = project.createSourceFile('checked.ts', text, { overwrite: true })
  return syntaxErrors(file) === 0
}

function syntaxErrors(file: SourceFile): number {
  return project.getProgram().getSyntacticDiagnostics(file).length
}

function isLeftOut(node: Node): boolean {
  if (Node.isImportDeclaration(node) || Node.isExportDeclaration(node)) return true
  if (Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node)) return true
  if (Node.isTypeNode(node) && !Node.isExpressionWithTypeArguments(node)) return true
  if (Node.isPropertyDeclaration(node)) return node.getName() === 'name'
  if (!Node.isCallExpression(node)) return false
  return /^(?:log|console|super)\b/.test(node.getExpression().getText())
}

function editsAt(node: Node): Edit[] {
  if (Node.isIfStatement(node) || Node.isWhileStatement(node)) return negated(node.getExpression())
  if (Node.isConditionalExpression(node)) return negated(node.getCondition())
  if (Node.isBinaryExpression(node)) return binaryEdits(node)
  if (Node.isPrefixUnaryExpression(node)) {
    if (node.getOperatorToken() !== SyntaxKind.ExclamationToken) return []
    return [edit('condition', node, node.getOperand().getText())]
  }
  if (Node.isExpressionStatement(node)) return removedStatement(node)
  if (Node.isThrowStatement(node)) return [edit('statement removed', node, ';')]
  if (Node.isReturnStatement(node)) return returnEdits(node)
  if (Node.isArrowFunction(node)) return arrowEdits(node)
  if (node.getKind() === SyntaxKind.TrueKeyword) return [edit('constant', node, 'false')]
  if (node.getKind() === SyntaxKind.FalseKeyword) return [edit('constant', node, 'true')]
  if (Node.isNumericLiteral(node)) return [otherNumber(node)]
  if (Node.isIdentifier(node)) return extremeEdits(node)
  return literalEdits(node)
}

function edit(operator: string, node: Node, replacement: string): Edit {
  return { operator, start: node.getStart(), end: node.getEnd(), replacement }
}

/** Left to the other operators where one of them does the same. */
function negated(condition: Node): Edit[] {
  if (Node.isPrefixUnaryExpression(condition)) return []
  const isEquality =
    Node.isBinaryExpression(condition) && /^[=!]==$/.test(condition.getOperatorToken().getText())
  return isEquality ? [] : [edit('condition', condition, `!(${condition.getText()})`)]
}

const OPERATORS: Record<string, [string, string]> = {
  '===': ['comparison', '!=='],
  '!==': ['comparison', '==='],
  '>=': ['comparison', '>'],
  '>': ['comparison', '>='],
  '<=': ['comparison', '<'],
  '<': ['comparison', '<='],
  '&&': ['logic', '||'],
  '||': ['logic', '&&'],
  '+': ['arithmetic', '-'],
  '-': ['arithmetic', '+'],
  '*': ['arithmetic', '/'],
  '/': ['arithmetic', '*'],
  '**': ['arithmetic', '*'],
  '??=': ['default', '='],
}

function binaryEdits(node: Node): Edit[] {
  const binary = node.asKindOrThrow(SyntaxKind.BinaryExpression)
  const token = binary.getOperatorToken()
  if (token.getText() === '??') return [edit('default', node, binary.getLeft().getText())]
  const [operator, replacement] = OPERATORS[token.getText()] ?? []
  const joinsTexts = token.getText() === '+' && /['"`]/.test(binary.getText())
  if (!operator || replacement === undefined || joinsTexts) return []
  return [edit(operator, token, replacement)]
}

function removedStatement(node: Node): Edit[] {
  const expression = node.asKindOrThrow(SyntaxKind.ExpressionStatement).getExpression()
  const text = expression.getText()
  const isCall = Node.isCallExpression(expression) || Node.isAwaitExpression(expression)
  const isDelete = Node.isDeleteExpression(expression)
  const isAssignment = Node.isBinaryExpression(expression) && !text.startsWith('this.')
  if (/^(?:await )?(?:log|console|super)\b/.test(text)) return []
  return isCall || isDelete || isAssignment ? [edit('statement removed', node, ';')] : []
}

function returnEdits(node: Node): Edit[] {
  const value = node.asKindOrThrow(SyntaxKind.ReturnStatement).getExpression()
  if (!value) return [edit('statement removed', node, ';')]
  if (/^(?:true|false|undefined|'.*'|\d+)$/.test(value.getText())) return []
  return [edit('returned value', value, value.getText() === 'null' ? "''" : 'null')]
}

function arrowEdits(node: Node): Edit[] {
  const body = node.asKindOrThrow(SyntaxKind.ArrowFunction).getBody()
  if (Node.isBlock(body) || isLeftOut(body)) return []
  if (/^(?:true|false|undefined|null|'.*'|\d+)$/.test(body.getText())) return []
  return [edit('returned value', body, 'null')]
}

/** A limit or a pause is one that tests can tell only when it is another by far. */
function otherNumber(node: NumericLiteral): Edit {
  const value = node.getLiteralValue()
  const limit = node.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)
  const isLimit = value > 1 && /^[A-Z][A-Z_]+$/.test(limit?.getName() ?? '')
  return edit('constant', node, String(isLimit && !inObject(node) ? value * 10 : value + 1))
}

function inObject(node: Node): boolean {
  return node.getFirstAncestorByKind(SyntaxKind.ObjectLiteralExpression) !== undefined
}

function extremeEdits(node: Node): Edit[] {
  const called = node.getParent()?.getText()
  if (called === 'Math.min' && node.getText() === 'min') return [edit('arithmetic', node, 'max')]
  if (called === 'Math.max' && node.getText() === 'max') return [edit('arithmetic', node, 'min')]
  return []
}

function literalEdits(node: Node): Edit[] {
  const isPlain = Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)
  if (!isPlain && !Node.isTemplateExpression(node)) return []
  const text = node.getText().slice(1, -1)
  if (isSql(text)) return editsOfSql(node, text)
  if (isForPeople(text) || isPropertyName(node)) return []
  return [edit('constant', node, text === '' ? "'mutant'" : "''")]
}

function editsOfSql(node: Node, text: string): Edit[] {
  const offset = node.getStart() + 1
  const spans = Node.isTemplateExpression(node) ? node.getTemplateSpans() : []
  const holes = spans.map((span): [number, number] => {
    const { pos } = span.compilerNode
    // Including the `${` before and the `}` after the expression.
    return [pos - 2 - offset, span.getLiteral().getStart() + 1 - offset]
  })
  return sqlEdits(text, holes).map((one) => ({
    ...one,
    start: one.start + offset,
    end: one.end + offset,
  }))
}

/** A sentence or what stands between its words, or a command to the database that means nothing when it is changed. */
function isForPeople(text: string): boolean {
  return /\S \S|^(?:, |(?:\\n)+)$/.test(text) || /^(?:begin|commit|rollback)$/.test(text)
}

function isPropertyName(node: Node): boolean {
  const parent = node.getParent()
  return Node.isPropertyAssignment(parent) && parent.getNameNode() === node
}
