import { describe, expect, it } from 'vitest'
import { parseRequest } from '../../src/request/index.js'
import { casesOf, checkCase, describeResult, fixtureFiles } from './requests.js'

const folder = new URL('../../fixtures/requests/', import.meta.url)
const followed = fixtureFiles(folder)
  .flatMap((file) => casesOf(new URL(file, folder)))
  .flatMap(({ request, unclear, follow }) => (follow ? [{ request, unclear, follow }] : []))

describe('a reason why a request is unclear', () => {
  it.each(followed)('of $request, when followed, gives a request that is read', (given) => {
    const { request, unclear = '', follow } = given
    const parsed = parseRequest(request)
    expect(parsed.status).toBe('unclear')
    const reasons = parsed.status === 'unclear' ? parsed.unclear.map(({ reason }) => reason) : []
    expect(reasons, describeResult(parsed)).toContain(unclear)
    checkCase(follow)
  })

  it('that names the price to write names the price that is read then', () => {
    const priced = followed.filter(({ unclear }) => unclear?.startsWith('a yearly price'))
    expect(priced.length).toBeGreaterThan(4)
    for (const { unclear = '', follow } of priced) {
      const [, example = ''] = /, like (\S.*)$/.exec(unclear) ?? []
      expect(example).not.toBe('')
      expect(follow.request).toContain(example)
    }
  })
})
