import type { TreeError, TreeErrorCode } from '../tree/errors.js'
import type { ResultStatus } from '../types.js'
import { EXIT } from './exit.js'
import type { Ended, Run } from './run.js'

interface Ending {
  status: ResultStatus
  exitCode: number
}

const REFUSED: Ending = { status: 'conflict', exitCode: EXIT.conflict }
const SYSTEM: Ending = { status: 'failed', exitCode: EXIT.system }
const ENDINGS: Partial<Record<TreeErrorCode, Ending>> = {
  io_failed: SYSTEM,
  rollback_failed: SYSTEM,
  defect: { status: 'failed', exitCode: EXIT.defect },
}

/** Reports what reading or writing the host stopped at, and each file it is about; ends the run. */
export function endedByTree(run: Run, error: TreeError): Ended {
  const places = error.conflicts.map(({ path, reason }) =>
    reason.startsWith(path) ? reason : `${path} ${reason}`,
  )
  const { code, message, hint } = error
  run.reporter.error({ code, hint, message: [message, ...places].join('\n  ') })
  const { status, exitCode } = ENDINGS[code] ?? REFUSED
  return run.end(status, exitCode, closingOf(error))
}

function closingOf({ code, conflicts }: TreeError): string | undefined {
  if (code !== 'rollback_failed') return undefined
  const files = conflicts.length === 1 ? '1 file stands' : `${conflicts.length} files stand`
  return `Failed. ${files} changed; the next command puts the repository back.`
}
