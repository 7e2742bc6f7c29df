import { join } from 'node:path'

/** Name of the folder in the host's root that holds the journal and the undo record. */
export const HOME = '.integrate-polar'

/**
 * Where things stand in the journal's folder. Copies have no file extension and moved folders
 * keep their name (`node_modules`), so that no tool of the host takes them for source.
 */
export function layout(root: string) {
  const home = join(root, HOME)
  const transaction = join(home, 'transaction')
  return {
    home,
    ignoreFile: join(home, '.gitignore'),
    locks: join(home, 'lock'),
    /** The open transaction; renamed to `undo` when it is committed. */
    transaction,
    /** What is only needed while the transaction is open. */
    work: join(transaction, 'work'),
    undo: join(home, 'undo'),
    /** Edits made by somebody else that a rollback would have lost. */
    kept: join(home, 'kept'),
  }
}

/** Names in the folder that are complete in themselves: nothing is left to do about them. */
export const SETTLED = new Set(['.gitignore', 'undo', 'kept'])

const DISCARDED = /^discarded-([0-9a-f]{32})-/

/** Name of a folder of the transaction that is to be deleted, or is not complete yet. */
export function discardedName(id: string, part: string): string {
  return `discarded-${id}-${part}`
}

/** The transaction that such a folder belongs to; null for any other name. */
export function discardedBy(name: string): string | null {
  return name.startsWith('discarded-') ? (DISCARDED.exec(name)?.[1] ?? '') : null
}
