import Handlebars from 'handlebars'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import {
  compileOptions,
  literal,
  markdown,
  renderTemplate,
  type TemplateLibrary,
} from '../../src/render/engine.js'
import { withModuleHelpers } from '../../src/render/imports.js'
import { layoutOf } from '../../src/render/layout.js'
import type { ModuleExport } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

const HOSTILE = [
  `'); process.exit(1); ('`,
  '`${process.env.SECRET}`',
  '*/ alert(1) /*',
  '</script><script>alert(1)</script>',
  '{{lookup this "constructor"}}',
  '../../../etc/passwd',
  'line\u2028separator\u2029and\nnewline',
  '\u202Eright to left',
  '\\',
  '"quoted"',
  "import { x } from './evil.js'",
]

describe('text of a request in code', () => {
  test.each(HOSTILE)('%j stays one string literal with the same value', (text) => {
    const code = `const value = ${literal(text)}\n`
    const file = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, true)
    expect(file.statements).toHaveLength(1)
    expect(code).not.toMatch(/[\u202a-\u202e]/)
    const [statement] = file.statements
    const declaration = (statement as ts.VariableStatement).declarationList.declarations[0]
    expect(ts.isStringLiteral(declaration!.initializer!)).toBe(true)
    expect((declaration!.initializer as ts.StringLiteral).text).toBe(text)
  })

  test('is refused when it is no JSON value', () => {
    expect(() => literal(undefined)).toThrow('Only JSON values')
  })
})

describe('text of a request in Markdown', () => {
  test.each(HOSTILE)('%j brings no markup and no new line', (text) => {
    const written = markdown(text)
    expect(written).not.toMatch(/[<>\n]/)
    expect(written).not.toMatch(/(^|[^\\])[|`*[\]]/)
  })
})

describe('imports of a template', () => {
  test('become calls of the module helper, with logical paths', () => {
    const source = [
      "import { a } from '../services/a.service.js'",
      "import type { B } from './b.js'",
      "import express from 'express'",
      "const c = await import('../c.js')",
    ].join('\n')
    expect(withModuleHelpers(source, 'server/routes/x.ts')).toBe(
      [
        `import { a } from '{{module "server/services/a.service.js"}}'`,
        `import type { B } from '{{module "server/routes/b.js"}}'`,
        "import express from 'express'",
        `const c = await import('{{module "server/c.js"}}')`,
      ].join('\n'),
    )
  })

  test('that span lines are found', () => {
    const source = "import {\n  a,\n  b,\n} from './ab.js'\n"
    expect(withModuleHelpers(source, 'server/x.ts')).toContain('{{module "server/ab.js"}}')
  })
})

describe('an export of the host that is loaded later', () => {
  const layout = layoutOf(hostProfile(), '1_add-billing-tables.sql')
  const path = 'server/services/x.ts'

  function later(module: ModuleExport): string {
    const engine = Handlebars.create()
    const library: TemplateLibrary = {
      engine,
      names: () => ['x'],
      template: () => engine.compile('{{importLater module}}', compileOptions),
    }
    return renderTemplate(library, 'x', { module }, layout, path)
  }

  test('is an expression, for a name and for a default export', () => {
    const file = 'server/mail.ts'
    expect(later({ file, name: 'sendMail', default: false })).toBe(
      "(await import('../mail.js')).sendMail",
    )
    expect(later({ file, name: 'sendMail', default: true })).toBe(
      "(await import('../mail.js')).default",
    )
  })
})
