import { rm } from 'node:fs/promises'

/** Removes a folder that a test made. */
export function discard(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
