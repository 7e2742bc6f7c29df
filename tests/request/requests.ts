import { readFileSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { decimalsOf } from '../../src/polar/currencies.js'
import { parseRequest, type ParsedRequest } from '../../src/request/index.js'
import type { BillingSpec, Unclear } from '../../src/types.js'

export interface RequestCase {
  request: string
  expect?: Record<string, unknown>
  unclear?: string
  /** The request again as its reason says to write it, and what that is then. */
  follow?: { request: string; expect: Record<string, unknown> }
  /** Refused on the command line, since a shell may have taken a `$` out of it. */
  lossy?: true
  /** Words of an open question and what is suggested for them; null: nothing is suggested. */
  suggestion?: [string, string] | null
  /** What the request is read as when the suggestion is followed. */
  followed?: Record<string, unknown>
}

/** The cases of a `.jsonl` file, one per line. */
export function casesOf(file: string | URL): RequestCase[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as RequestCase)
}

/** Names of the fixture files. */
export function fixtureFiles(folder: URL): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
}

/** Holds the parser to a case: what the case leaves out is free. */
export function checkCase(given: RequestCase): void {
  const parsed = parseRequest(given.request)
  if (given.unclear !== undefined) {
    expect(parsed.status, describeResult(parsed)).toBe('unclear')
    if (parsed.status !== 'unclear') return
    // Each open question quotes what it is about, and says what is wrong with it.
    for (const { text, reason } of parsed.unclear) {
      if (given.request.trim() !== '') expect(text, describeResult(parsed)).not.toBe('')
      expect(reason, describeResult(parsed)).not.toBe('')
    }
    if (given.suggestion !== undefined) checkSuggestion(given, parsed.unclear)
    for (const one of parsed.unclear) checkFollowed(given.request, one)
    return
  }
  expect(parsed.status, describeResult(parsed)).toBe('ok')
  if (parsed.status === 'ok') expectSpec(given, parsed.spec)
}

function checkSuggestion({ request, suggestion, followed }: RequestCase, unclear: Unclear[]): void {
  const given = unclear.flatMap((one) => (one.suggestion ? [[one.text, one.suggestion]] : []))
  expect(given).toEqual(suggestion ? [suggestion] : [])
  const [words, instead] = suggestion ?? []
  if (words === undefined || instead === undefined) return
  const parsed = parseRequest(request.replace(words, () => instead))
  expect(parsed.status, describeResult(parsed)).toBe('ok')
  if (parsed.status === 'ok') expect(fittedTo(followed, parsed.spec)).toEqual(followed)
}

// What is suggested is in the request once, leads on when it is followed, and adds no amount.
function checkFollowed(request: string, { text, reason, suggestion }: Unclear): void {
  if (suggestion === undefined) return
  expect(request.split(text)).toHaveLength(2)
  const followed = request.replace(text, () => suggestion)
  const parsed = parseRequest(followed)
  if (parsed.status === 'unclear') {
    expect(parsed.unclear).not.toContainEqual(expect.objectContaining({ text, reason }))
    return
  }
  const amounts = [...parsed.spec.tiers.flatMap(({ prices }) => prices), ...parsed.spec.products]
  for (const { amount } of amounts) {
    const major = (amount / 10 ** decimalsOf(parsed.spec.currency)).toString()
    expect(followed.replaceAll(',', '')).toContain(major)
  }
}

/** Holds a spec to what a case expects of it. */
export function expectSpec(given: RequestCase, spec: BillingSpec | null): void {
  expect(fittedTo(given.expect, spec)).toEqual(given.expect)
}

export function describeResult(parsed: ParsedRequest): string {
  return JSON.stringify(parsed.status === 'ok' ? parsed.spec : parsed.unclear)
}

// Keeps of `actual` only the keys that `expected` names, at every depth.
function fittedTo(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, at) => fittedTo(expected[at], item))
  }
  if (isRecord(expected) && isRecord(actual)) {
    return Object.fromEntries(
      Object.keys(expected).map((key) => [key, fittedTo(expected[key], actual[key])]),
    )
  }
  return actual
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
