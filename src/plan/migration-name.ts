import type { HostProfile } from '../types.js'

/** Our migrations, in the order in which they are to run. */
const MIGRATIONS = ['add-billing-tables.sql', 'add-usage-tables.sql', 'add-purchase-tables.sql']

/**
 * The names of our migrations, in the way the host names its own, and after all of them.
 *
 * A name with another kind of number would sort among the host's later migrations and stop them:
 * node-pg-migrate takes 17 digits as a UTC time, everything else as a plain number, and refuses
 * to run a new file that sorts before one already run.
 *
 * @param inFolder names of the files in the host's migrations folder
 * @param now epoch milliseconds
 */
export function migrationNames(host: HostProfile, inFolder: string[], now: number): string[] {
  let last = host.database.migrations.value.files.at(-1) ?? ''
  return MIGRATIONS.map((suffix) => {
    const ours = inFolder.find((name) => name.endsWith(suffix))
    const name = ours ?? nextName(last, suffix, now)
    if (numberOf(name) > numberOf(last)) last = name
    return name
  })
}

function numberOf(name: string): bigint {
  return BigInt(/^\d+/.exec(name)?.[0] ?? 0)
}

function nextName(last: string, suffix: string, now: number): string {
  const [, digits = '', separator = '_'] = /^(\d+)([-_.])/.exec(last) ?? []
  return `${nextPrefix(digits, now)}${separator}${suffix}`
}

function nextPrefix(last: string, now: number): string {
  const utc = new Date(now).toISOString().replace(/\D/g, '')
  switch (last.length) {
    case 0:
      return utc
    case 17:
    case 14:
      return later(utc.slice(0, last.length), last)
    case 13:
    case 10:
      return later(String(now).slice(0, last.length), last)
    default:
      return String(BigInt(last) + 1n).padStart(last.length, '0')
  }
}

function later(candidate: string, last: string): string {
  return candidate > last ? candidate : String(BigInt(last) + 1n)
}
