import { webhooks } from '@polar-sh/sdk/2026-10'
import { describe, expect, test } from 'vitest'
import { signDelivery } from '../../src/polar/signing.js'
import { subscriptionEvent } from '../support/polar-payloads.js'

const SECRET = 'polar_whs_only_for_tests'
const body = subscriptionEvent('subscription.active', { userId: 'u1', productId: 'p1' })

describe('a signed delivery', () => {
  test('is what the SDK takes for genuine', async () => {
    const { headers } = signDelivery(body, SECRET, 'id-1')
    const event = await webhooks.validateEvent(body, headers, SECRET)
    expect(event.type).toBe('subscription.active')
  })

  test.each([
    ['another secret', body, 'polar_whs_another', undefined],
    ['another body', body.replace('25.0', '25'), SECRET, undefined],
    ['a time too long ago', body, SECRET, Math.floor(Date.now() / 1000) - 301],
  ])('is refused with %s', async (_, sent, secret, at) => {
    const { headers } = signDelivery(body, SECRET, 'id-1', at)
    await expect(webhooks.validateEvent(sent, headers, secret)).rejects.toThrow()
  })
})
