import { isInteractive } from './options.js'
import type { Prepared } from './plan-stage.js'
import { askToApply } from './questions.js'
import type { Run } from './run.js'

/** 'missing': nobody can be asked, and no flag says it. */
export type Consent = 'write' | 'declined' | 'missing'

/** Whether a plan is to be carried out. In a terminal the diff can be read as often as wanted. */
export async function askForConsent(run: Run, prepared: Prepared): Promise<Consent> {
  if (run.options.yes) return 'write'
  if (!isInteractive(run.options)) return 'missing'
  const { changes, packages } = prepared.plan
  const names = Object.keys({ ...packages.dependencies, ...packages.devDependencies })
  const counts = { files: changes.length, packages: run.options.install ? names.length : 0 }
  for (;;) {
    const answer = await askToApply(counts)
    run.signal.throwIfAborted()
    if (answer !== 'diff') return answer === 'write' ? 'write' : 'declined'
    await run.reporter.patch(await prepared.patch())
    run.signal.throwIfAborted()
  }
}
