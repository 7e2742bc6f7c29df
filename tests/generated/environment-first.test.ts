import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLibrary } from '../../src/render/library.js'
import { projectRoot } from '../support/host-copy.js'

const files = openLibrary()
  .names()
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `templates/${name}.hbs`)

/** An app may refuse to be loaded without its variables, which the support of the tests completes. */
it.each(files)('%s loads nothing of the server before the environment is complete', (file) => {
  const imported = [...readFileSync(join(projectRoot, file), 'utf8').matchAll(/ from '(\.[^']+)'/g)]
  const places = imported.map(([, specifier = '']) => specifier)
  const support = places.findIndex((place) => place.includes('/support/billing/'))
  const server = places.findIndex((place) => place.includes('/server/'))
  expect(support).toBeGreaterThanOrEqual(0)
  expect(server === -1 || server > support).toBe(true)
})
