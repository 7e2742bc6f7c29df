import { ts } from '../../syntax.js'

type PartOf = (node: ts.Node) => unknown

/** Elements, their attributes and the text between them; undefined for anything else. */
export function jsxPartOf(node: ts.Node, partOf: PartOf): unknown {
  if (ts.isJsxSelfClosingElement(node)) return elementOf(node, [''], partOf)
  if (ts.isJsxElement(node)) {
    return elementOf(node.openingElement, childrenOf(node.children, partOf), partOf)
  }
  if (ts.isJsxFragment(node)) return [node.kind, childrenOf(node.children, partOf)]
  return ts.isJsxAttribute(node) ? attributeOf(node, partOf) : undefined
}

function elementOf(
  { tagName, typeArguments, attributes }: ts.JsxOpeningLikeElement,
  children: unknown[],
  partOf: PartOf,
): unknown {
  const types = (typeArguments ?? []).map(partOf)
  const given = attributes.properties.map(partOf)
  return [ts.SyntaxKind.JsxElement, partOf(tagName), types, given, children]
}

function attributeOf({ kind, name, initializer }: ts.JsxAttribute, partOf: PartOf): unknown {
  const text = initializer && textOf(initializer)
  if (text !== undefined && name.getText() === 'className') {
    return [kind, 'className', text.split(/\s+/).sort()]
  }
  if (text !== undefined) return [kind, name.getText(), text]
  const isTrue =
    !initializer ||
    (ts.isJsxExpression(initializer) && initializer.expression?.kind === ts.SyntaxKind.TrueKeyword)
  return [kind, name.getText(), isTrue ? true : [partOf(initializer)]]
}

/** What is shown as it is written, as a string or in braces. */
function textOf(node: ts.Node): string | undefined {
  const value = ts.isJsxExpression(node) ? node.expression : node
  return value && ts.isStringLiteral(value) && !/[&\\]/.test(value.getText())
    ? value.text
    : undefined
}

/** Text that stands together is one, however its lines are broken. */
function childrenOf(children: ts.NodeArray<ts.JsxChild>, partOf: PartOf): unknown[] {
  const parts: unknown[] = []
  let text = ''
  for (const child of children) {
    const shown = ts.isJsxText(child) ? shownOf(child.text) : textOf(child)
    if (shown !== undefined) text += shown
    else {
      parts.push(text, partOf(child))
      text = ''
    }
  }
  return [...parts, text]
}

/** React leaves out line breaks with the blanks around them, and joins what is left by one blank. */
function shownOf(text: string): string {
  const lines = text.split(/\r?\n/)
  const shown = lines.map((line, index) => {
    const start = index === 0 ? line : line.replace(/^[ \t]+/, '')
    return index === lines.length - 1 ? start : start.replace(/[ \t]+$/, '')
  })
  return shown.filter((line) => line !== '').join(' ')
}
