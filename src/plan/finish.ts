import type { Formatter, FormatWatch, SourceText } from '../render/format.js'
import type { StagedTree } from '../tree/staged-tree.js'
import type { Change } from '../types.js'

export interface Finishing {
  /** Paths of the files that templates gave. */
  rendered: ReadonlySet<string>
  /** Paths of the host's files that were edited. */
  edited: ReadonlySet<string>
  tree: StagedTree
  format: Formatter
  watch?: FormatWatch | undefined
}

/**
 * The changes as they are written. New files are formatted. So is a file of the host's that was
 * formatted before its edits; in any other only the edits' own bytes change.
 *
 * @throws when a template gave what is no code
 */
export async function finish(drafts: readonly Change[], how: Finishing): Promise<Change[]> {
  const texts = drafts.map((draft) => textsOf(draft, how))
  const all = texts.flatMap(({ after, before }) => [...after, ...before])
  const formatted = await how.format(all, how.watch)
  return drafts.map((draft, index) => {
    const { after = [], before = [] } = texts[index] ?? {}
    const wasFormatted = before.every((text) => formatted.get(text) === text.text)
    const [content] = after.map((text) => formatted.get(text))
    if (content === undefined || !wasFormatted) return draft
    if (content === null) throw new Error(`What is to be written to ${draft.path} cannot be read`)
    return { ...draft, content }
  })
}

/** What is to be formatted for a change: the text after it, and the one that the host has. */
function textsOf(
  { path, content }: Change,
  { rendered, edited, tree }: Finishing,
): { after: SourceText[]; before: SourceText[] } {
  const after = [{ path, text: content }]
  if (rendered.has(path)) return { after, before: [] }
  const original = edited.has(path) ? tree.readHost(path) : null
  return original === null
    ? { after: [], before: [] }
    : { after, before: [{ path, text: original }] }
}
