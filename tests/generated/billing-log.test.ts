import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Logger } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'
import { rendered } from '../support/rendered.js'

interface BillingLog {
  log: Record<'info' | 'warn' | 'error', (message: string, fields?: object) => void>
  reasonOf: (error: unknown) => object
}

const LINES = `
export const lines: unknown[][] = []
export const logger = {
  info: (...line: unknown[]) => { lines.push(['info', ...line]) },
  warn: (): void => { throw new Error('The disk is full') },
}
`

/** The generated log of a host, and what its logger received. */
async function logOf(kind: Logger['kind'] | null) {
  const profile = hostProfile()
  const module = { file: 'server/log.ts', name: 'logger', default: false }
  const logger = kind && { value: { kind, module }, source: 'detected' as const, evidence: [] }
  const host = { ...profile, server: { ...profile.server, logger } }
  const file = 'server/billing/log.ts'
  const place = rendered(host, 'core', [file, 'server/billing/errors.ts'], {
    'server/log.ts': LINES,
  })
  const { log, reasonOf } = (await import(place(file))) as BillingLog
  const { lines } = (await import(place('server/log.ts'))) as { lines: unknown[][] }
  return { log, reasonOf, lines }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the log of the generated code', () => {
  it('gives pino the fields first', async () => {
    const { log, lines } = await logOf('pino')
    log.info('Paid', { orderId: 'o1' })
    expect(lines).toEqual([['info', { orderId: 'o1' }, '[billing] Paid']])
  })

  it('gives winston the message first', async () => {
    const { log, lines } = await logOf('winston')
    log.info('Paid', { orderId: 'o1' })
    expect(lines).toEqual([['info', '[billing] Paid', { orderId: 'o1' }]])
  })

  it('is the console where the host has no logger', async () => {
    const logged = vi.spyOn(console, 'info').mockReturnValue()
    const { log } = await logOf(null)
    log.info('Paid', { orderId: 'o1' })
    expect(logged).toHaveBeenCalledWith('[billing] Paid', { orderId: 'o1' })
  })

  it.each(['pino', 'winston'] as const)(
    'writes to the console what %s fails on, or has no level for',
    async (kind) => {
      const warned = vi.spyOn(console, 'warn').mockReturnValue()
      const failed = vi.spyOn(console, 'error').mockReturnValue()
      const { log } = await logOf(kind)
      log.warn('Late')
      log.error('Lost', { eventId: 'e1' })
      expect(warned).toHaveBeenCalledWith('[billing] Late', {})
      expect(failed).toHaveBeenCalledWith('[billing] Lost', { eventId: 'e1' })
    },
  )

  it('says of an error what and where it is, without whom it names', async () => {
    const { reasonOf } = await logOf(null)
    const error = Object.assign(new TypeError('no ann@example.com'), { code: 'E1' })
    expect(reasonOf(error)).toEqual({
      reason: 'TypeError',
      code: 'E1',
      message: 'no (email)',
      stack: expect.stringMatching(/^\s+at [^]*billing-log\.test/) as unknown,
    })
    expect(reasonOf('ann@example.com')).toEqual({ reason: 'string' })
  })
})
