import { intro, log, note, outro } from '@clack/prompts'
import { visible } from '../invisible.js'
import type { Assumption, Result } from '../types.js'
import { EXIT } from './exit.js'
import { showPhase } from './progress-line.js'
import type { Reporter } from './reporter.js'
import { paintFor, paintPatch } from './screen/colors.js'
import { page } from './screen/pager.js'
import {
  countLines,
  fileLines,
  hostChangeLines,
  packageWords,
  priceLines,
  type Screen,
} from './screen/plan-summary.js'
import { columnsOf, wrap } from './screen/wrap.js'

export interface PeopleOptions {
  /** Where all but a patch is written. */
  output: NodeJS.WriteStream
  /** Whether spinners may turn. */
  progress: boolean
  /** Whether every file is listed. */
  verbose: boolean
  install: boolean
  /** The folder that the run was started for. */
  root: string
}

/**
 * For a person in front of a terminal, or one who reads a log. What it is given has been made
 * printable already, but for a patch.
 */
export function peopleReporter(options: PeopleOptions): Reporter {
  const { output } = options
  const to = { output }
  let pending: Assumption[] = []
  let warnings: string[] = []

  function screen(): Screen {
    return { columns: columnsOf(output), paint: paintFor(output) }
  }

  /** Text broken where the screen ends. */
  function shown(text: string): string {
    return wrap(text.replaceAll('\t', '  '), screen().columns)
  }

  /** Says what was assumed and what there is to know, once. */
  function flush(): void {
    for (const warning of warnings) log.warn(shown(warning), to)
    warnings = []
    if (pending.length === 0) return
    const lines = pending.map((one) => `  ${one.field}: ${one.value}, because ${one.reason}`)
    log.info(shown(['Assumed', ...lines].join('\n')), to)
    pending = []
  }

  return {
    start: () => intro('integrate-polar', to),

    phase: (_name, title, work) => showPhase({ output, live: options.progress }, title, work),

    detail: (text) => log.message(shown(text), to),
    assumption: (assumption) => pending.push(assumption),

    warning({ message, hint }) {
      warnings.push(`${message}\n${hint}`)
    },

    unclear(unclear) {
      flush()
      for (const { text, reason, suggestion, resume } of unclear) {
        const lines = [`"${text}"`, reason]
        if (suggestion !== undefined) lines.push(`Did you mean: ${suggestion}`)
        log.error(shown(lines.join('\n')), to)
        if (resume !== undefined) showCommand(resume)
      }
    },

    // What is read for sure stands last: right above the question, also on a small screen.
    plan(plan, hostDiffs) {
      const changed = hostChangeLines(plan, hostDiffs, screen())
      if (changed.length > 0) log.step(['Your own files that change', ...changed].join('\n'), to)
      const counts = countLines(plan)
      if (options.verbose) log.step(['Every file', ...fileLines(plan)].join('\n'), to)
      else if (counts.length > 0) {
        log.step(['New files (--verbose lists them)', ...counts].join('\n'), to)
      }
      const packages = packageWords(plan)
      if (packages !== '') {
        const title = options.install ? 'Packages to install' : 'Packages to add'
        log.step(wrap(`${title}\n  ${packages}`, screen().columns), to)
      }
      const steps = plan.manualSteps.map(({ file }) => file)
      if (steps.length > 0)
        log.warn(shown(`Left to do by hand afterwards: ${steps.join(', ')}`), to)
      flush()
      log.info(['Prices, as read', ...priceLines(plan, screen())].join('\n'), to)
    },

    async patch(patch) {
      if (process.stdout.isTTY !== true) {
        process.stdout.write(patch)
        return
      }
      const lines = patch.split('\n').map((line) => visible(line.replace(/\r$/, '')))
      await page(paintPatch(lines.join('\n'), paintFor(process.stdout)), options.root)
    },

    needsInput(missing) {
      flush()
      for (const { question, choices, flag } of missing) {
        const lines = [question]
        if (choices) lines.push(...choices.map((choice) => `  ${choice}`))
        log.error(shown([...lines, `Answer with: ${flag}`].join('\n')), to)
      }
      const resume = missing.at(-1)?.resume
      if (resume !== undefined) showCommand(resume)
    },

    error({ message, hint, evidence = [] }) {
      flush()
      const places = evidence.map(({ file, line }) => `${file}:${line}`)
      const said = places.length > 0 ? `${message} (${places.join(', ')})` : message
      log.error(shown(hint ? `${said}\n${hint}` : said), to)
    },

    finish(result, closing) {
      flush()
      for (const step of result.manualSteps) {
        log.warn(shown(`${step.file}: ${step.reason}\n${indent(step.snippet)}`), to)
      }
      if (result.nextSteps.length > 0) {
        const steps = result.nextSteps.map(({ text }, index) => `${index + 1}. ${text}`)
        note(steps.join('\n'), 'Next', to)
      }
      outro(shown(closing ?? closingOf(result)), to)
    },
  }

  /** A command stands on a line of its own and is never broken, so that it can be copied. */
  function showCommand(command: string): void {
    log.message(`Run:\n${command}`, to)
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ')
}

function closingOf(result: Result): string {
  switch (result.status) {
    case 'ok':
      return `Done: ${countOf(result)}.`
    case 'planned': {
      const isShown = result.exitCode === EXIT.ok && result.changes.length > 0
      return `${isShown ? `Planned: ${plannedCountOf(result)}. ` : ''}Nothing was written.`
    }
    case 'unchanged':
      return 'Nothing to do: the integration is in place.'
    case 'manual':
      return `Done: ${countOf(result)}. ${leftByHand(result.manualSteps.length)}.`
    case 'failed':
      if (result.exitCode === EXIT.interrupted) return 'Interrupted.'
      return result.exitCode === EXIT.verificationFailed
        ? 'The integration is written, but the checks above failed.'
        : 'Failed. The repository is as it was.'
    case 'unclear':
    case 'unsupported':
    case 'conflict':
      return 'Nothing was written.'
  }
}

function leftByHand(steps: number): string {
  return steps === 1 ? 'One step above needs your hand' : `${steps} steps above need your hand`
}

function plannedCountOf(result: Result): string {
  const { created, modified, packages } = countsOf(result)
  return `${created} files to create, ${modified} to change, ${packages} packages`
}

function countOf(result: Result): string {
  const { created, modified, packages } = countsOf(result)
  const checks = result.verification?.tests
  const lint = result.verification?.lint.status === 'passed' ? ', lint passed' : ''
  const tests =
    checks?.status === 'passed'
      ? `, ${checks.hostPassed + checks.generatedPassed} tests passed (${checks.generatedPassed} new)`
      : ''
  return `${created} files created, ${modified} changed, ${packages} packages${lint}${tests}`
}

function countsOf({ changes, packages: { dependencies, devDependencies } }: Result) {
  const created = changes.filter((change) => change.action === 'create').length
  const packages = Object.keys({ ...dependencies, ...devDependencies }).length
  return { created, modified: changes.length - created, packages }
}
