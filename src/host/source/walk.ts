import type { ts } from 'ts-morph'

/** Gives 'skip' when what is below the node is not wanted. */
export type Visit = (node: ts.Node) => 'skip' | undefined | void

/**
 * Visits a node and everything below it, in source order. Keeps its own stack: the parser reads
 * chains of operators that are longer than the call stack is deep.
 */
export function walk(compiler: typeof ts, root: ts.Node, visit: Visit): void {
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (visit(node) === 'skip') continue
    const start = waiting.length
    compiler.forEachChild(node, (child) => {
      waiting.push(child)
    })
    reverseFrom(waiting, start)
  }
}

/** The first child is to be visited next, so it must lie on top. */
function reverseFrom(nodes: ts.Node[], start: number): void {
  for (let low = start, high = nodes.length - 1; low < high; low++, high--) {
    const node = nodes[low] as ts.Node
    nodes[low] = nodes[high] as ts.Node
    nodes[high] = node
  }
}
