import { undo as undoLast } from '../tree/undo.js'
import { EXIT } from './exit.js'
import { runCommand } from './integrate.js'
import type { CommonOptions } from './options.js'

/** Takes the last run back, as long as the files it wrote are as it left them. */
export async function undo(options: CommonOptions): Promise<number> {
  return runCommand(options, async (run) => {
    const undone = await run.reporter.phase('undo', 'Taking the last run back', () =>
      undoLast(run.root),
    )
    if (!undone.ok) {
      const { code, message, hint, conflicts } = undone.error
      const places = conflicts.map(({ path, reason }) => `${path}: ${reason}`)
      run.reporter.error({ code, hint, message: [message, ...places].join('\n  ') })
      return run.end('conflict', EXIT.conflict)
    }
    for (const { path, reason } of undone.value.kept) run.reporter.detail(`${path}: ${reason}`)
    if (undone.value.packagesChanged) {
      run.learn({ nextSteps: ['Run `npm install` to bring the installed packages in line.'] })
    }
    return run.end('ok', EXIT.ok)
  })
}
