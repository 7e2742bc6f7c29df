import type { ts } from 'ts-morph'
import type { Sources } from './sources.js'

/**
 * Whether an expression or a type is one of a package's exports: imported by name, or a property
 * of the package. 'default' among the names stands for the package's default export.
 */
export function isOfPackage(
  sources: Sources,
  file: string,
  node: ts.Expression | ts.EntityName,
  { from, names }: { from: string; names: string[] },
): boolean {
  const { ts } = sources
  const imports = sources.index(file)?.imports
  if (ts.isIdentifier(node)) {
    const imported = imports?.get(node.text)
    if (imported?.specifier !== from) return false
    // `import * as pino` is the function itself in a CommonJS package.
    const name = imported.imported === '*' ? 'default' : imported.imported
    return names.includes(name)
  }
  const [holder, member] = ts.isPropertyAccessExpression(node)
    ? [node.expression, node.name]
    : ts.isQualifiedName(node)
      ? [node.left, node.right]
      : []
  if (!holder || !member || !ts.isIdentifier(holder)) return false
  return imports?.get(holder.text)?.specifier === from && names.includes(member.text)
}
