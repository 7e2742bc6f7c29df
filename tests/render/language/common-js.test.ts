import { createRequire } from 'node:module'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { toCommonJs } from '../../../src/render/language/common-js.js'

describe('imports become require', () => {
  it.each([
    ["import { a } from './a'", "const { a } = require('./a')"],
    ["import { a as b, c } from './a'", "const { a: b, c } = require('./a')"],
    ["import express from 'express'", "const express = require('express')"],
    [
      "import express, { Router } from 'express'",
      "const express = require('express')\nconst { Router } = express",
    ],
    ["import * as billing from './billing'", "const billing = require('./billing')"],
    ["import 'dotenv/config'", "require('dotenv/config')"],
    ["const send = (await import('./mail')).send", "const send = require('./mail').send"],
    ["const mail = (await import('./mail')).default", "const mail = require('./mail')"],
    ["const { x } = await import('esm-only')", "const { x } = await import('esm-only')"],
  ])('%j', (text, expected) => {
    expect(toCommonJs(text, 'a.js')).toBe(expected)
  })
})

describe('exports are given at the end', () => {
  it.each([
    [
      '/** Why. */\nexport function a() {}',
      '/** Why. */\nfunction a() {}\n\nmodule.exports = { a }\n',
    ],
    ['export async function a() {}', 'async function a() {}\n\nmodule.exports = { a }\n'],
    ['export const a = 1, b = 2', 'const a = 1, b = 2\n\nmodule.exports = { a, b }\n'],
    ['export class A {}', 'class A {}\n\nmodule.exports = { A }\n'],
    [
      'const a = 1\nexport { a as b }',
      'const a = 1\n\n\nmodule.exports = { b: a }\n'.replace('\n\n\n', '\n\n'),
    ],
    ["export { a } from './a'", "const { a } = require('./a')\n\nmodule.exports = { a }\n"],
    ['export default { a: 1 }', 'module.exports = { a: 1 }'],
  ])('%j', (text, expected) => {
    expect(toCommonJs(text, 'a.js')).toBe(expected)
  })

  it('fails for a form that it does not know', () => {
    expect(() => toCommonJs("export * from './a'", 'a.js')).toThrow(/no CommonJS yet/)
    expect(() => toCommonJs('export const { a } = b', 'a.js')).toThrow(/no CommonJS yet/)
  })

  it('under names that Node gives to an ES module that imports them', async () => {
    const root = mkdtempSync(join(tmpdir(), 'common-js-'))
    onTestFinished(() => rmSync(root, { recursive: true, force: true }))
    const file = join(root, 'plans.cjs')
    writeFileSync(file, toCommonJs('export const plans = []\nexport function find() {}', file))
    expect(Object.keys(createRequire(file)(file) as object)).toEqual(['plans', 'find'])
    const imported = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as object
    expect(Object.keys(imported)).toEqual(expect.arrayContaining(['plans', 'find']))
  })
})
