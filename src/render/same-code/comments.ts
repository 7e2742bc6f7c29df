import { ts } from '../../syntax.js'

/** What the comments of a file say, sorted: an import that moves takes its own along. */
export function commentsIn(source: ts.SourceFile): string[] {
  const comments = new Map<number, string>()
  const { text } = source
  const visit = (node: ts.Node): void => {
    const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child))
    for (const child of children) visit(child)
    // Text between tags is no place for a comment, whatever it looks like.
    if (children.length > 0 || ts.isJsxText(node) || ts.isJSDoc(node)) return
    if (node.kind === ts.SyntaxKind.SyntaxList) return
    for (const { pos, end } of [
      ...(ts.getTrailingCommentRanges(text, node.pos) ?? []),
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
    ]) {
      // At the very start of a file a comment is found twice.
      comments.set(pos, wordsOf(text.slice(pos, end)))
    }
  }
  visit(source)
  return [...comments.values()].sort()
}

function wordsOf(comment: string): string {
  const inner = comment.replace(/^\/\/|^\/\*+|\*+\/$/g, '')
  const lines = inner.split(/\r?\n/).map((line) => line.replace(/^\s*\*?/, '').trim())
  return lines.filter((line) => line !== '').join(' ')
}
