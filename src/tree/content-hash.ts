import { createHash } from 'node:crypto'

/** SHA-256 in hex; a string is hashed as the UTF-8 bytes it is written as. */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
