import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'

const EXPECTED = '../../fixtures/expected/express-pg-react'
const env = { SOURCE_DATE_EPOCH: '1764000000' }

/** What reviewers read first: which files, and every line of the host's own that changes. */
describe('the plan for the fixture host', () => {
  let host: string
  let result: Result

  beforeAll(async () => {
    host = await hostCopy({ packages: false })
    const run = await runCli(host, ['plan', REQUEST, '--json', '--diff'], env)
    result = run.events().at(-1) as unknown as Result
  })
  afterAll(() => discard(host))

  test('touches the expected files', async () => {
    const lines = result.changes.map(({ action, path }) => `${action} ${path}\n`)
    await expect(lines.join('')).toMatchFileSnapshot(`${EXPECTED}/changes.txt`)
  })

  test('changes the host’s own files in the expected lines', async () => {
    const diffs = result.changes
      .filter(({ action }) => action === 'modify')
      .map(({ diff }) => diff ?? '')
    await expect(diffs.join('\n')).toMatchFileSnapshot(`${EXPECTED}/modified.diff`)
  })

  test('makes the expected tables', async () => {
    const migration = result.changes.find(({ path }) => path.startsWith('migrations/'))
    const sql = (migration?.diff ?? '').replace(/^\+/gm, '')
    await expect(sql).toMatchFileSnapshot(`${EXPECTED}/migration.sql`)
  })
})
