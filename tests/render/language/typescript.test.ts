import { describe, expect, it } from 'vitest'
import { needsSdkTypes, toCompilable } from '../../../src/render/language/typescript.js'
import type { CompilerProfile } from '../../../src/types.js'

const RECENT: CompilerProfile = {
  defaultImports: true,
  packageExports: true,
  skipsDeclarations: true,
  errorOptions: true,
  lintsReferences: false,
}
const SDK = "import { createPolar } from '@polar-sh/sdk/2026-10'\n"

function compilable(text: string, changes: Partial<CompilerProfile>): string {
  return toCompilable(text, { ...RECENT, ...changes }, './polar-sdk.d.ts')
}

describe('TypeScript stays as it is', () => {
  it('for a recent compiler', () => {
    const text = `import express, { Router } from 'express'\n${SDK}`
    expect(compilable(text, {})).toBe(text)
  })
})

describe('without default imports of CommonJS packages', () => {
  it.each([
    ["import pg from 'pg'", "import * as pg from 'pg'"],
    ["import path from 'node:path'", "import * as path from 'node:path'"],
    [
      "import express, { Router } from 'express'",
      "import * as express from 'express'\nimport { Router } from 'express'",
    ],
    ["import pool from '../db'", "import pool from '../db'"],
    ["import { Router } from 'express'", "import { Router } from 'express'"],
  ])('%s', (text, expected) => {
    expect(compilable(text, { defaultImports: false })).toBe(expected)
  })
})

describe("the SDK's types", () => {
  it('are referred to where the compiler does not read the exports of packages', () => {
    const expected = `/// <reference path="./polar-sdk.d.ts" />\n${SDK}`
    expect(compilable(SDK, { packageExports: false })).toBe(expected)
    expect(compilable("import { a } from './a'", { packageExports: false })).toBe(
      "import { a } from './a'",
    )
  })

  it('are referred to in a way that typescript-eslint lets pass', () => {
    const text = compilable(SDK, { packageExports: false, lintsReferences: true })
    expect(text.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^\/\/ eslint-disable-next-line @typescript-eslint\/triple-slash-ref/),
      '/// <reference path="./polar-sdk.d.ts" />',
    ])
    expect(compilable(SDK, { lintsReferences: true })).toBe(SDK)
  })

  it.each<[Partial<CompilerProfile>, boolean]>([
    [{}, false],
    [{ packageExports: false }, true],
    [{ skipsDeclarations: false }, false],
    [{ errorOptions: false }, false],
    [{ skipsDeclarations: false, errorOptions: false }, true],
  ])('with %j are declared: %s', (changes, expected) => {
    expect(needsSdkTypes({ ...RECENT, ...changes })).toBe(expected)
    expect(needsSdkTypes(null)).toBe(false)
  })
})
