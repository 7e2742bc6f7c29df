import { intro, log, note, outro, spinner } from '@clack/prompts'
import { SECTIONS, sectionOf } from '../plan/sections.js'
import { priceTable } from '../request/index.js'
import type { Assumption, BillingSpec, Result } from '../types.js'
import { EXIT } from './exit.js'
import type { Reporter } from './reporter.js'

/** For a person in front of a terminal, or one who reads a log. */
export function peopleReporter(options: { progress: boolean }): Reporter {
  let pending: Assumption[] = []

  function flushAssumptions(): void {
    if (pending.length === 0) return
    const lines = pending.map((one) => `${one.field}: ${one.value}, because ${one.reason}`)
    log.info(['Assumed:', ...lines.map((line) => `  ${line}`)].join('\n'))
    pending = []
  }

  return {
    start: () => intro('integrate-polar'),

    async phase(_name, title, work) {
      if (!options.progress) {
        log.step(title)
        return work()
      }
      const wait = spinner()
      wait.start(title)
      try {
        const value = await work()
        wait.stop(title)
        return value
      } catch (error) {
        wait.error(title)
        throw error
      }
    },

    detail: (text) => log.message(text),
    assumption: (assumption) => pending.push(assumption),

    unclear(unclear) {
      flushAssumptions()
      for (const one of unclear) log.error(`"${one.text}"\n${one.reason}`)
    },

    plan(plan, diffs) {
      flushAssumptions()
      log.info(['Prices, as read', ...priceLines(plan.spec)].join('\n'))
      for (const { name, title } of SECTIONS) {
        const lines = plan.changes
          .filter((change) => sectionOf(change, plan.host) === name)
          .map((change) => `  ${change.action === 'create' ? '+' : '~'} ${change.path}`)
        if (lines.length > 0) log.message([title, ...lines].join('\n'))
      }
      const packages = { ...plan.packages.dependencies, ...plan.packages.devDependencies }
      const names = Object.entries(packages).map(([name, range]) => `  ${name} ${range}`)
      if (names.length > 0) log.message(['Packages', ...names].join('\n'))
      for (const diff of diffs.values()) log.message(diff.trimEnd())
    },

    needsInput(missing) {
      for (const one of missing) log.error(`${one.question}\nAnswer with: ${one.flag}`)
    },

    error(error) {
      flushAssumptions()
      log.error(error.hint ? `${error.message}\n${error.hint}` : error.message)
    },

    finish(result, closing) {
      flushAssumptions()
      for (const step of result.manualSteps) {
        log.warn(`${step.file}: ${step.reason}\n${indent(step.snippet)}`)
      }
      if (result.nextSteps.length > 0) {
        note(result.nextSteps.map((step, index) => `${index + 1}. ${step}`).join('\n'), 'Next')
      }
      outro(closing ?? closingOf(result))
    },
  }
}

function priceLines(spec: BillingSpec): string[] {
  const rows = priceTable(spec)
  const width = Math.max(...rows.map((row) => row.name.length))
  return rows.map(({ name, price, note: aside }) => {
    return `  ${name.padEnd(width)}  ${price}${aside ? `, ${aside}` : ''}`
  })
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ')
}

function closingOf(result: Result): string {
  switch (result.status) {
    case 'ok':
      return `Done: ${countOf(result)}.`
    case 'planned':
      return result.exitCode === EXIT.ok
        ? `Planned: ${countOf(result)}. Nothing was written.`
        : 'Nothing was written.'
    case 'unchanged':
      return 'Nothing to do: the integration is in place.'
    case 'manual':
      return `Done but for ${result.manualSteps.length} step(s) above that need your hand.`
    case 'failed':
      return result.exitCode === EXIT.verificationFailed
        ? 'The integration is written, but the checks above failed.'
        : 'Failed. The repository is as it was.'
    case 'unclear':
    case 'unsupported':
    case 'conflict':
      return 'Nothing was written.'
  }
}

function countOf(result: Result): string {
  const created = result.changes.filter((change) => change.action === 'create').length
  const modified = result.changes.length - created
  const packages =
    Object.keys(result.packages.dependencies).length +
    Object.keys(result.packages.devDependencies).length
  const checks = result.verification?.tests
  const tests =
    checks?.status === 'passed'
      ? `, ${checks.hostPassed + checks.generatedPassed} tests passed (${checks.generatedPassed} new)`
      : ''
  return `${created} files created, ${modified} changed, ${packages} packages${tests}`
}
