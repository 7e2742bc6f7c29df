import { createHmac } from 'node:crypto'

export interface SignedDelivery {
  headers: Record<string, string>
  body: string
}

/**
 * A webhook as Polar sends it: Standard Webhooks headers over the raw body, signed with the
 * UTF-8 bytes of the whole secret.
 *
 * @param id the delivery's id; a repeated delivery has the same
 * @param timestamp seconds since the epoch; receivers refuse more than 300 s of difference
 */
export function signDelivery(
  body: string,
  secret: string,
  id: string,
  timestamp = Math.floor(Date.now() / 1000),
): SignedDelivery {
  const signature = createHmac('sha256', Buffer.from(secret, 'utf8'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    },
  }
}
