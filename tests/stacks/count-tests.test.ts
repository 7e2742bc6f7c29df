import { expect, it } from 'vitest'
import { countTests, type TestCounts } from '../../src/stacks/tests/vitest/count-tests.js'

const OUTPUT = `
 RUN  v4.1.12 /home/me/host

 ✓ tests/notes.test.ts > notes > are listed 12ms
 ✓ tests/notes.test.ts > notes > hold a > in their name 3ms
stdout | tests/notes.test.ts > notes > are logged
 ✓ sent
 ↓ tests/notes.test.ts > notes > are skipped
 × tests/users.test.ts > users > log in 30ms
   → expected 200 to be 401
 \u001B[32m✓\u001B[39m tests/users.test.ts > log out 1ms

 FAIL  tests/users.test.ts > users > log in
 Test Files  1 failed | 1 passed (2)
`

it.each([1, 7, 100_000])('counts tests that ran, in pieces of %i characters', (size) => {
  const counts: TestCounts[] = []
  const read = countTests((one) => counts.push(one))
  expect(counts).toEqual([{ done: 0, failed: 0 }])
  for (let at = 0; at < OUTPUT.length; at += size) read(OUTPUT.slice(at, at + size))
  expect(counts.at(-1)).toEqual({ done: 4, failed: 1 })
})
