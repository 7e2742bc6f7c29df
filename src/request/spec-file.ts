import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml'
import type { BillingSpec } from '../types.js'
import { billingSpec } from './spec-schema.js'
import { problemsOf } from './spec-problems.js'

export type SpecFile = { status: 'ok'; spec: BillingSpec } | { status: 'invalid'; message: string }

/** Far more than a spec can need. */
const LARGEST_FILE = 1024 * 1024

/**
 * Reads a BillingSpec from a JSON or YAML file and checks it in full. Nothing is assumed about
 * money: a price, interval or currency that is wrong is an error with the path to it and the rule.
 * Never throws.
 */
export function readSpecFile(path: string): SpecFile {
  let value: unknown
  try {
    value = valueIn(readAtMost(path, LARGEST_FILE))
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(':\n')
    return { status: 'invalid', message: `${path} cannot be read: ${reason.trim()}` }
  }
  const result = billingSpec.safeParse(value)
  if (result.success) return { status: 'ok', spec: result.data }
  const problems = problemsOf(result.error.issues, value)
  const hint = 'integrate-polar schema prints the rules.'
  return {
    status: 'invalid',
    message: `${path} is not a BillingSpec. ${problems.join('; ')}. ${hint}`,
  }
}

// Bounded, since the path may be a pipe or a device that never ends.
function readAtMost(path: string, most: number): string {
  const file = openSync(path, 'r')
  try {
    if (fstatSync(file).isDirectory()) throw new Error('it is a directory; name a file')
    const bytes = Buffer.alloc(most + 1)
    let length = 0
    for (let read = -1; read !== 0 && length <= most; length += read) {
      read = readSync(file, bytes, length, most + 1 - length, null)
    }
    if (length > most) throw new Error('it is larger than 1 MiB, which no spec is')
    return bytes.toString('utf8', 0, length)
  } finally {
    closeSync(file)
  }
}

function valueIn(text: string): unknown {
  if (nestsDeeply(text)) throw new Error('it nests more deeply than any spec')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' })
  const [problem] = [...document.errors, ...document.warnings]
  if (problem) throw new Error(problem.message)
  checkNumbers(document, lines)
  return document.toJS({ maxAliasCount: 100 })
}

const DEEPEST = 100
const DEEP_LINE = new RegExp(`(?:[-?][ \\t]+){${DEEPEST}}|^ {${2 * DEEPEST}}`, 'm')

// The parser goes as deep as the text does, until the process is out of stack.
function nestsDeeply(text: string): boolean {
  let depth = 0
  for (const char of text) {
    if (char === '[' || char === '{') depth++
    if (char === ']' || char === '}') depth--
    if (depth > DEEPEST) return true
  }
  return DEEP_LINE.test(text)
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
// '99.00' was meant as dollars, and would be 99 cents.
const WITH_POINT = /^-?\d+\.\d+$/

// '02900' is octal to one reader of YAML and decimal to another; '1e3' is no price anybody writes.
function checkNumbers(document: Document, lines: LineCounter): void {
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key))
        throw new Error('a list or mapping stands where the name of a field should')
      if (!isScalar(value) || typeof value.value !== 'number') return
      const source = value.source ?? ''
      const place = `"${source.slice(0, 40)}" in line ${lines.linePos(value.range?.[0] ?? 0).line}`
      if (key.value !== 'percentOff' && Number.isInteger(value.value) && WITH_POINT.test(source))
        throw new Error(`${place} must be a whole number; money is in minor units: 2900 is $29.00`)
      if (!DECIMAL.test(source)) throw new Error(`write ${place} as a decimal number, like 2900`)
    },
  })
}
