import { expect, test } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

const SUPPORT = 'tests/support/billing/database.ts'

// node-postgres 8.2 breaks off after an error without the sync that PostgreSQL waits for.
test('a connection that breaks after an error ends its turn in the database of the tests', () => {
  const host = hostProfile()
  const data = templateData(billingSpec([paid('Pro', 2_900)]), host)
  const template = `stacks/tests/vitest/${SUPPORT}`
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const code = renderTemplate(openLibrary(), template, data, layout, SUPPORT)
  const [, written = ''] = /const ROLLBACK = Buffer\.from\('(.*)'\)/.exec(code) ?? []
  const bytes = Buffer.from(
    written.replace(/\\(0|r|x04)/g, (_, name: string) => ESCAPES[name] ?? ''),
  )
  const types: string[] = []
  for (let at = 0; at < bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
    types.push(String.fromCharCode(bytes[at] ?? 0))
  }
  expect(types).toEqual(['S', 'Q'])
})

const ESCAPES: Record<string, string> = { '0': '\0', r: '\r', x04: '\x04' }
