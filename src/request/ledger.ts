import type { Span } from './pieces.js'

/**
 * What became of a place in the request: the name or feature of something sold, the quota of a
 * meter, a count of plans, or words left out with an assumption that says so.
 */
export type Role = 'name' | 'feature' | 'quota' | 'count' | 'left-out'

const ROLES: readonly Role[] = ['name', 'feature', 'quota', 'count', 'left-out']

/**
 * Says for each place of the request where it ended up, so that what stands nowhere is found.
 * One byte a character: as long as the request, whatever is claimed.
 */
export class Ledger {
  private readonly roles: Uint8Array

  constructor(length: number) {
    this.roles = new Uint8Array(length)
  }

  claim({ start, end }: Span, role: Role): void {
    this.roles.fill(ROLES.indexOf(role) + 1, start, end)
  }

  /** Claims of a place what has no role yet. */
  claimRest({ start, end }: Span, role: Role): void {
    const code = ROLES.indexOf(role) + 1
    for (let at = start; at < end; at++) this.roles[at] ||= code
  }

  /** The role of a place, null when some of it has none. */
  roleOf({ start, end }: Span): Role | null {
    const held = this.roles.subarray(start, end)
    return held.includes(0) ? null : (ROLES[(held[0] ?? 0) - 1] ?? null)
  }
}
