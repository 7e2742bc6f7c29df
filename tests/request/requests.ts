import { readFileSync, readdirSync } from 'node:fs'
import { expect } from 'vitest'
import { parseRequest, type ParsedRequest } from '../../src/request/index.js'
import type { BillingSpec } from '../../src/types.js'

export interface RequestCase {
  request: string
  expect?: Record<string, unknown>
  unclear?: string
  /** Refused on the command line, since a shell may have taken a `$` out of it. */
  lossy?: true
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
    return
  }
  expect(parsed.status, describeResult(parsed)).toBe('ok')
  if (parsed.status === 'ok') expectSpec(given, parsed.spec)
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
