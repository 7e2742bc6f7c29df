import { existsSync } from 'node:fs'
import { describe, it } from 'vitest'
import { casesOf, checkCase, fixtureFiles } from './requests.js'

const folder = new URL('../../fixtures/requests/', import.meta.url)
const shared = new URL('../../../shared/requests.jsonl', import.meta.url)

for (const file of fixtureFiles(folder)) {
  describe(file, () => {
    for (const given of casesOf(new URL(file, folder))) {
      it(`${given.unclear === undefined ? 'reads' : 'asks about'} ${JSON.stringify(given.request).slice(0, 120)}`, () => {
        checkCase(given)
      })
    }
  })
}

describe.skipIf(!existsSync(shared))('requests kept beside the repository', () => {
  for (const given of existsSync(shared) ? casesOf(shared) : []) {
    it(`reads or asks about ${JSON.stringify(given.request).slice(0, 120)}`, () => {
      checkCase(given)
    })
  }
})
