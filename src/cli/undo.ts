import { posix } from 'node:path'
import { enumerate } from '../host/text.js'
import { undo as undoLast, type Undone } from '../tree/undo.js'
import { EXIT } from './exit.js'
import { runCommand } from './integrate.js'
import { Interrupted } from './interrupt.js'
import { migratedTables, tablesStep } from './migrated-tables.js'
import type { CommonOptions } from './options.js'
import type { Ended, Run } from './run.js'
import { endedByTree } from './tree-ending.js'
import type { NextStep, ResultChange } from '../types.js'
import { countWords, keptWords, restoredWords } from './undo-words.js'

/** What is installed follows the package.json files again that were put back. */
function installAgain(changes: ResultChange[]): NextStep {
  const folders = changes
    .filter(({ path }) => posix.basename(path) === 'package.json')
    .map(({ path }) => posix.dirname(path))
    .filter((folder) => folder !== '.')
  const where = folders.length > 0 ? ` in ${enumerate(folders)}` : ''
  const text = `Bring the installed packages in line: run your package manager's install${where}`
  return { code: 'install_packages', text }
}

export interface UndoOptions extends CommonOptions {
  /** Takes back edited files as well. */
  force?: boolean
}

/**
 * Takes the last run back; a file that was edited since stays, unless `force` is given. Ctrl-C
 * stops an undo that has not begun. Half of one would be worth nothing, so one that has begun is
 * finished.
 */
export async function undo(options: UndoOptions): Promise<number> {
  const { force = false } = options
  return runCommand(options, async (run) => {
    const tables = await migratedTables(run.root)
    const undone = await run.reporter.phase('undo', 'Taking the last run back', () =>
      undoLast(run.root, { force, signal: run.signal }),
    )
    if (undone.ok) return reportUndone(run, undone.value, tablesStep(tables, undone.value.changes))
    if (undone.error.code === 'aborted') throw new Interrupted()
    if (undone.error.code !== 'nothing_to_undo') return endedByTree(run, undone.error)
    run.signal.throwIfAborted()
    const { message, hint } = undone.error
    run.reporter.detail(hint)
    return run.end('unchanged', EXIT.ok, message)
  })
}

function reportUndone(run: Run, undone: Undone, tables: NextStep[]): Ended {
  const { took, changes, packagesChanged, kept } = undone
  for (const { reason } of kept) run.reporter.detail(reason)
  run.learn({ changes })
  if (took !== 'change') {
    if (run.signal.aborted) throw new Interrupted(restoredWords(took, changes))
    return run.end('ok', EXIT.ok, restoredWords(took, changes))
  }
  const edited = changes.filter(({ action }) => action === 'keep').map(({ path }) => path)
  run.learn({
    nextSteps: [
      ...(edited.length > 0 ? [{ code: 'clean_up_edited_files', text: keptWords(edited) }] : []),
      ...(packagesChanged ? [installAgain(changes)] : []),
      ...tables,
    ],
  })
  if (run.signal.aborted) {
    throw new Interrupted(`The last run had been taken back by then: ${countWords(changes)}.`)
  }
  const closing = `Taken back: ${countWords(changes)}.`
  return edited.length > 0
    ? run.end('manual', EXIT.manualSteps, closing)
    : run.end('ok', EXIT.ok, closing)
}
