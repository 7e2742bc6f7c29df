import { describe, expect, it } from 'vitest'
import type { PackageProfile } from '../../../src/types.js'
import { toEsModule, toNodeModule } from '../../../src/render/language/javascript.js'

type Modules = PackageProfile['modules']['value']

function written(text: string, modules: Modules, strictDirective: boolean): string {
  const found = { value: modules, source: 'detected' as const, evidence: [] }
  return toNodeModule(text, 'a.js', { modules: found, strictDirective })
}

describe("a module of Node's", () => {
  const text = "import { a } from './a'\na()\n"
  const required = "const { a } = require('./a')\na()\n"

  it("begins with 'use strict' where the host's CommonJS does", () => {
    expect(written(text, 'commonjs', true)).toBe(`'use strict'\n\n${required}`)
    expect(written(text, 'commonjs', false)).toBe(required)
  })

  it('has no such directive as an ES module, which is strict', () => {
    expect(written(text, 'esm', true)).toBe(text)
    expect(toEsModule(text, 'a.js')).toBe(text)
  })

  it('is not written where there were only types', () => {
    expect(written('export type Id = string\n', 'commonjs', true)).toBe('')
  })
})
