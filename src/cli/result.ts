import type { Plan, Result, ResultStatus } from '../types.js'
import { EXIT } from './exit.js'

/** The result of a run so far; each stage adds what it found, the end sets status and exit code. */
export type Draft = Omit<Result, 'type' | 'version' | 'status' | 'exitCode'>

export function newDraft(): Draft {
  return {
    spec: null,
    host: null,
    found: null,
    assumptions: [],
    unclear: [],
    prices: [],
    routes: [],
    tables: [],
    pages: [],
    changes: [],
    packages: { dependencies: {}, devDependencies: {} },
    manualSteps: [],
    verification: null,
    nextSteps: [],
    warnings: [],
  }
}

/** What a plan adds to the result. `diffs` is by path; empty when diffs were not asked for. */
export function changesOf(plan: Plan, diffs: Map<string, string>): Partial<Draft> {
  return {
    routes: plan.routes,
    tables: plan.tables,
    pages: plan.pages,
    packages: plan.packages,
    manualSteps: plan.manualSteps,
    changes: plan.changes.map(({ path, action, template }) => {
      const diff = diffs.get(path)
      return {
        path,
        action,
        ...(template !== undefined && { template }),
        ...(diff !== undefined && { diff }),
      }
    }),
  }
}

/** Status and exit code of a plan that is not carried out. */
export function plannedEnd(plan: Plan): { status: ResultStatus; exitCode: number } {
  if (plan.conflicts.length > 0) return { status: 'conflict', exitCode: EXIT.conflict }
  if (plan.changes.length > 0) return { status: 'planned', exitCode: EXIT.ok }
  return plan.manualSteps.length > 0
    ? { status: 'manual', exitCode: EXIT.manualSteps }
    : { status: 'unchanged', exitCode: EXIT.ok }
}
