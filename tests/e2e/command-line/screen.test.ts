import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { hostCopy, REQUEST } from '../../support/host-copy.js'
import { KEYS, startTerminal } from '../../support/terminal.js'

describe('in a terminal', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
  })
  afterEach(() => discard(host))

  test('Ctrl-C at the question is 130', async () => {
    const terminal = startTerminal([REQUEST, '--no-trial'], { cwd: host })
    await terminal.waitFor('Write')
    terminal.write(KEYS.interrupt)
    expect(await terminal.exit).toBe(130)
  })
})
