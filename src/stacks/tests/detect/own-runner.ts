import type { Found } from '../../../types.js'
import type { DetectionContext } from '../../../host/context.js'
import type { Manifest } from '../../../host/manifest.js'
import { hostRunners } from '../runners/registry.js'
import { BILLING_COMMAND, BILLING_SCRIPT } from '../vitest/script.js'

/** What the host's own tests run with. */
export interface OwnTestRunner {
  /** Name of a runner, 'vitest', or 'other' where it is not known. */
  found: Found<string>
  /** Name of the script that runs them; null where package.json has none. */
  script: string | null
  /** What the script runs, with the commands of the scripts that it calls. */
  command: string
}

const NAMES = ['test', 'test:unit', 'test:server', 'tests']
/** What `npm init` writes. */
const NOTHING = /no test specified/
const VITEST = /\bvitest\b/
/** A script can call others; deeper than that nobody writes. */
const DEPTH = 3
/** A longer command is not gone into. */
const LONGEST_COMMAND = 1_000
const RUNS_ONE = /^(npm|pnpm|yarn|bun)$/
const RUNS_SCRIPTS = /^(npm|pnpm|yarn|bun|run-[sp]|npm-run-all)$/

/** Null where the host has no tests. */
export function ownTestRunner(context: DetectionContext): OwnTestRunner | null {
  const { manifest } = context
  const written = NAMES.find((name) => manifest.scripts.has(name)) ?? null
  const called = written === null ? '' : expanded(manifest, manifest.scripts.get(written) ?? '')
  const script = NOTHING.test(called) ? null : written
  const command = script === null ? '' : called
  const found = (name: string, key: string): OwnTestRunner => ({
    found: { value: name, source: 'detected', evidence: [manifest.evidence(key)] },
    script,
    command,
  })
  const byScript = hostRunners.find(({ inScript }) => inScript.test(command))
  if (byScript) return found(byScript.name, script ?? '')
  if (VITEST.test(command)) return found('vitest', manifest.has('vitest') ? 'vitest' : 'test')
  if (manifest.has('vitest') && !isBillings(context)) return found('vitest', 'vitest')
  const installed = hostRunners.find((one) => one.package !== null && manifest.has(one.package))
  if (installed) return found(installed.name, installed.package ?? '')
  return script === null ? null : found('other', script)
}

/** Vitest was brought by an earlier run, for billing's tests. */
function isBillings({ manifest }: DetectionContext): boolean {
  return manifest.scripts.get(BILLING_SCRIPT)?.startsWith(BILLING_COMMAND) ?? false
}

/** The command, and behind it those of the scripts that it calls. */
function expanded({ scripts }: Pick<Manifest, 'scripts'>, command: string, depth = 0): string {
  if (depth === DEPTH || command.length > LONGEST_COMMAND) return command
  const inner = calledBy(command).flatMap((name) => {
    const called = scripts.get(name)
    return called === undefined ? [] : [expanded({ scripts }, called, depth + 1)]
  })
  return [command, ...inner].join(' && ')
}

/** What may be names of scripts: `npm run name`, `yarn name`, `run-s one two`. */
function calledBy(command: string): string[] {
  return command.split(/&&|\|\||[;|&]/).flatMap((part) => {
    const words = part.split(/[\s"']+/).filter((word) => word !== '' && !word.startsWith('-'))
    const at = words.findIndex((word) => RUNS_SCRIPTS.test(word))
    if (at === -1) return []
    const names = words.slice(at + 1).filter((word) => word !== 'run')
    return RUNS_ONE.test(words[at] ?? '') ? names.slice(0, 1) : names
  })
}
