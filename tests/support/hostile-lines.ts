import { performance } from 'node:perf_hooks'
import { expect } from 'vitest'

/** Characters of a hostile line: work that grows with its square takes half a minute and more. */
const LENGTH = 200_000
/** Of words, where there are fewer places to begin at. */
const LENGTH_OF_WORDS = 600_000
/** Seconds. What grows with the length takes tenths of one, also on a busy machine. */
const DEADLINE = 12

/** Repeated to a line of 200,000 characters or more: what makes a careless pattern try again and again. */
export const HOSTILE_LINES = {
  blanks: ' ',
  tabs: '\t',
  'line breaks': '\n',
  'carriage returns': '\r',
  quotes: '"',
  'single quotes': "'",
  brackets: '[',
  parentheses: '(',
  slashes: '/',
  commas: ',',
  'open comments': '/*',
  dashes: '--',
  dollars: '$$',
  'hash signs': '#',
  'equal signs': '=',
  words: 'a ',
  'script tags': '<script ',
  roots: 'root:',
  tests: 'test:{',
  includes: 'test:{include:[',
  declarations: 'let a ',
  mails: 'send',
  handlers: 'handle',
} as const

export type HostileLine = keyof typeof HOSTILE_LINES

export function hostileLine(kind: HostileLine): string {
  const unit = HOSTILE_LINES[kind]
  return unit.repeat((unit.length > 3 ? LENGTH_OF_WORDS : LENGTH) / unit.length)
}

/** Runs the work and fails where it took as long as only more than linear work does. */
export async function endsInTime<T>(work: () => T | Promise<T>): Promise<T> {
  const start = performance.now()
  const value = await work()
  expect((performance.now() - start) / 1000).toBeLessThan(DEADLINE)
  return value
}
