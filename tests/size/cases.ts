import ts from 'typescript'

const NAMES = ['it', 'test']

/**
 * How many test cases a file has, from its source: one for each `it` or `test`, and one for each
 * row of a table that is written out. A table that is computed counts as one case, so there are at
 * least as many as this says.
 */
export function casesIn(text: string): number {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  let cases = 0
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) cases += casesOf(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return cases
}

function casesOf({ expression }: ts.CallExpression): number {
  if (ts.isIdentifier(expression)) return NAMES.includes(expression.text) ? 1 : 0
  // it.each(table)(name, run)
  if (!ts.isCallExpression(expression)) return 0
  const { expression: callee, arguments: given } = expression
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'each') return 0
  if (!NAMES.includes(callee.expression.getText())) return 0
  const [table] = given
  return table && ts.isArrayLiteralExpression(table) ? table.elements.length : 1
}
