import { describe, expect, it } from 'vitest'
import { withJsDoc } from '../../../src/render/language/jsdoc.js'
import { toEsModule } from '../../../src/render/language/javascript.js'

function documented(text: string, path = 'a.js'): string {
  return toEsModule(withJsDoc(text, path), path).replace(/ +\n/g, '\n')
}

describe('types in comments', () => {
  it('names the types of packages where they are, and slugs as texts', () => {
    const text = `import type { RequestHandler } from 'express'
import type { PlanSlug } from '../config.js'

/** Allows only users on this plan. */
export function requireTier(slug: PlanSlug): RequestHandler {
  return allow(slug)
}
`
    expect(documented(text)).toContain(`/**
 * Allows only users on this plan.
 *
 * @param {string} slug
 * @returns {import('express').RequestHandler}
 */
export function requireTier(slug`)
  })

  it('keeps what is said of a parameter, and what is thrown', () => {
    const text = `/**
 * Counts.
 *
 * @param at when it was,
 *   in milliseconds
 * @throws TypeError when it is unknown
 */
export async function count(name: string, at?: number, by = 1): Promise<void> {}
`
    expect(documented(text)).toContain(`/**
 * Counts.
 *
 * @param {string} name
 * @param {number} [at] when it was, in milliseconds
 * @param {number} [by]
 * @returns {Promise<void>}
 * @throws TypeError when it is unknown
 */
`)
  })

  it('describes the fields of what a component takes', () => {
    const text = `import type { ReactNode } from 'react'

import type { Choice } from './choice.js'

interface ButtonProps {
  choice: Choice
  /** How it looks. */
  look?: 'loud' | 'quiet'
  children: ReactNode
}

export function Button({ look = 'loud', children }: ButtonProps) {
  return <b className={look}>{children}</b>
}
`
    expect(documented(text, 'a.jsx')).toContain(`/**
 * @param {object} props
 * @param {*} props.choice
 * @param {'loud' | 'quiet'} [props.look] How it looks.
 * @param {import('react').ReactNode} props.children
 */
export function Button(`)
  })

  it('continues what is long on the next line', () => {
    const said =
      'what is said of it at such a length that it does not end where a line of code does'
    const text = `/** @param first ${said} */\nexport function show(first: string): void {}\n`
    expect(documented(text)).toContain(`/**
 * @param {string} first what is said of it at such a length that it does not end where a
 *   line of code does
 */
`)
  })

  it('gives constants their type', () => {
    const text = `import type { RequestHandler } from 'express'
/** Lets pass. */
export const pass: RequestHandler = (_req, _res, next) => next()
`
    expect(documented(text)).toContain(
      "/**\n * Lets pass.\n *\n * @type {import('express').RequestHandler}\n */\n",
    )
  })

  it("leaves out what only the app's own types say, and what is not exported", () => {
    const text = `import type { State } from './state.js'
/** Shows. */
export function show(state: State): void {}
function hide(name: string): void {}
`
    expect(documented(text)).not.toContain('@')
  })
})
