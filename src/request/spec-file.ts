import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { BillingSpec } from '../types.js'
import { billingSpec } from './spec-schema.js'

export type SpecFile = { status: 'ok'; spec: BillingSpec } | { status: 'invalid'; message: string }

/**
 * Reads a BillingSpec from a JSON or YAML file and checks it in full. Nothing is assumed about
 * money: a price, interval or currency that is wrong is an error with the path to it and the rule.
 */
export function readSpecFile(path: string): SpecFile {
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return { status: 'invalid', message: `${path} cannot be read: ${(error as Error).message}` }
  }
  const result = billingSpec.safeParse(value)
  if (result.success) return { status: 'ok', spec: result.data }
  const problems = result.error.issues.map(
    (issue) => `${pathText(issue.path) || 'the file'}: ${issue.message}`,
  )
  const hint = 'integrate-polar schema prints the rules.'
  return {
    status: 'invalid',
    message: `${path} is not a BillingSpec. ${problems.join('; ')}. ${hint}`,
  }
}

// 'tiers[0].prices[1].amount', as a JavaScript expression would reach it.
function pathText(path: PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}
