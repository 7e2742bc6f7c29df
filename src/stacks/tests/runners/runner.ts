import type { DetectionContext } from '../../../host/context.js'

/** A test runner that hosts use for their own tests. Billing's run under Vitest beside it. */
export interface HostRunner {
  /** As the profile names it: 'jest'. */
  name: string
  /** As people call it: 'Jest'. */
  title: string
  /** What calls it in a script of package.json. */
  inScript: RegExp
  /** The package that shows it where no script does. */
  package: string | null
  /**
   * Whether it would take the file for a test.
   *
   * @param path relative to the package
   * @param command what the script runs
   */
  collects(context: DetectionContext, path: string, command: string): boolean
  /** The setting with which it leaves a folder alone, for a person to add. */
  ignores(folder: string): string
  /** What its output says of the tests that it ran. */
  read: (output: string) => OwnTests
}

/** One run of the host's own tests. */
export interface OwnTests {
  passed: number
  /** Names of those that failed, as far as they can be told. */
  failures: string[]
}

/** The words behind the call of a runner in a script, up to the next command, without flags. */
export function wordsAfter(command: string, call: RegExp): string[] {
  const match = call.exec(command)
  if (!match) return []
  const rest = command.slice(match.index + match[0].length).split(/&&|\|\||[;|&]/)[0] ?? ''
  const words = rest.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  return words
    .filter((word, index) => !word.startsWith('-') && !TAKES_WORD.test(words[index - 1] ?? ''))
    .map((word) => word.replace(/["']/g, ''))
}

/** Flags that are followed by a word of their own. */
const TAKES_WORD =
  /^(-r|-t|-g|-R|-c|--(require|import|loader|timeout|config|reporter|ui|extension|env-file|grep|file|slow|opts|test-name-pattern))$/

/** Sum of the numbers that a pattern finds in its first group. */
export function numberIn(output: string, pattern: RegExp): number {
  return [...output.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1] ?? 0), 0)
}

/** What a pattern finds in its first group, each once. */
export function namesIn(output: string, pattern: RegExp): string[] {
  return [...new Set([...output.matchAll(pattern)].map((match) => (match[1] ?? '').trim()))]
}
