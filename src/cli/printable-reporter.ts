import { stripVTControlCharacters } from 'node:util'
import { visible } from '../invisible.js'
import type { Reporter } from './reporter.js'

/**
 * A reporter that hands on only what may be shown: a repository's names, its text and what its
 * programs print could command the terminal, or show a line in another order than it is in.
 */
export function printableReporter(reporter: Reporter): Reporter {
  const methods = Object.entries(reporter) as [string, (...given: unknown[]) => unknown][]
  const wrapped = methods.map(([name, method]) => {
    // A patch has to stay what `git apply` takes; a terminal is not given it as it is.
    if (name === 'patch') return [name, method] as const
    return [name, (...given: unknown[]) => method(...given.map(printable))] as const
  })
  return Object.fromEntries(wrapped) as unknown as Reporter
}

/** The value with every text in it made visible; functions and other objects as they are. */
function printable(value: unknown): unknown {
  if (typeof value === 'string') return visible(stripVTControlCharacters(value))
  if (Array.isArray(value)) return value.map(printable)
  if (value instanceof Map) {
    // A diff is to be judged: what would command the terminal is named there, not taken out.
    const diffs = [...(value as Map<string, string>)]
    return new Map(diffs.map(([path, diff]) => [printable(path), visible(diff)]))
  }
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [printable(key), printable(each)]),
  )
}
