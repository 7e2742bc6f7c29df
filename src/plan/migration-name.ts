import { isOwnMigration } from '../host/own-files.js'
import { unnumbered } from '../render/migration-file.js'
import type { HostProfile } from '../types.js'

/**
 * The names of our migrations, in the way the host names its own. One that is there already keeps
 * its name; new ones come after all of the host's and all of ours, whichever request those are of.
 *
 * A name with another kind of number would sort among the host's later migrations and stop them:
 * node-pg-migrate takes 17 digits as a UTC time, everything else as a plain number, and refuses
 * to run a new file that sorts before one already run.
 *
 * @param wanted our migrations without a number, in the order in which they are to run
 * @param inFolder names of the files in the host's migrations folder
 * @param now epoch milliseconds
 */
export function migrationNames(
  host: HostProfile,
  wanted: string[],
  inFolder: string[],
  now: number,
): string[] {
  const ours = inFolder.filter((name) => isOwnMigration(name) || wanted.includes(unnumbered(name)))
  let last = [host.database.migrations.value.files.at(-1) ?? '', ...ours].reduce(later)
  return wanted.map((name) => {
    const made = ours.find((one) => unnumbered(one) === name)
    if (made !== undefined) return made
    last = nextName(last, name, now)
    return last
  })
}

function later(one: string, other: string): string {
  return numberOf(other) > numberOf(one) ? other : one
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
      return timeAfter(last, utc.slice(0, last.length))
    case 13:
    case 10:
      return timeAfter(last, String(now).slice(0, last.length))
    default:
      return String(BigInt(last) + 1n).padStart(last.length, '0')
  }
}

function timeAfter(last: string, now: string): string {
  return now > last ? now : String(BigInt(last) + 1n)
}
