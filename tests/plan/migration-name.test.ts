import { describe, expect, test } from 'vitest'
import { migrationNames } from '../../src/plan/migration-name.js'
import type { HostProfile } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

const BILLING = 'add-billing-tables.sql'
const USAGE = 'add-usage-tables.sql'
const PURCHASES = 'add-purchase-tables.sql'
const NOW = Date.UTC(2026, 10, 24, 6, 5, 4, 321)

function hostWith(files: string[]): HostProfile {
  const host = hostProfile()
  host.database.migrations.value.files = files
  return host
}

describe('the name of the billing migration', () => {
  test.each([
    ['no migrations yet', [], '20261124060504321_add-billing-tables.sql'],
    ['17 digits', ['20250203093000000_users.sql'], '20261124060504321_add-billing-tables.sql'],
    ['14 digits', ['20250203093000-users.sql'], '20261124060504-add-billing-tables.sql'],
    ['epoch milliseconds', ['1738575000000_users.sql'], `${NOW}_add-billing-tables.sql`],
    ['a short index', ['0001_users.sql', '0009_x.sql'], '0010_add-billing-tables.sql'],
    ['an index that grows', ['99-x.sql'], '100-add-billing-tables.sql'],
    [
      'a time in the future',
      ['20300101000000000_x.sql'],
      '20300101000000001_add-billing-tables.sql',
    ],
  ])('follows the host: %s', (_, files, name) => {
    expect(migrationNames(hostWith(files), [BILLING], files, NOW)).toEqual([name])
  })

  test('is the one that is there already, so that a second run changes nothing', () => {
    const ours = '20200101000000000_add-billing-tables.sql'
    const host = hostWith(['20250203093000000_users.sql'])
    expect(migrationNames(host, [BILLING], [ours], NOW)).toEqual([ours])
  })
})

describe('the names of several migrations', () => {
  const users = '20250203093000000_users.sql'

  test('are in the order in which they are to run', () => {
    expect(migrationNames(hostWith([users]), [BILLING, USAGE, PURCHASES], [users], NOW)).toEqual([
      '20261124060504321_add-billing-tables.sql',
      '20261124060504322_add-usage-tables.sql',
      '20261124060504323_add-purchase-tables.sql',
    ])
    const indexed = hostWith(['0007_users.sql'])
    expect(migrationNames(indexed, [BILLING, PURCHASES], ['0007_users.sql'], NOW)).toEqual([
      '0008_add-billing-tables.sql',
      '0009_add-purchase-tables.sql',
    ])
  })

  test('keep no number for what is not wanted', () => {
    expect(migrationNames(hostWith([users]), [], [users], NOW)).toEqual([])
  })

  test('come after all that are there, though one before them is wanted only now', () => {
    const made = ['0008_add-billing-tables.sql', '0009_add-purchase-tables.sql']
    const folder = ['0007_users.sql', ...made]
    const host = hostWith(['0007_users.sql'])
    expect(migrationNames(host, [BILLING, USAGE, PURCHASES], folder, NOW)).toEqual([
      made[0],
      '0010_add-usage-tables.sql',
      made[1],
    ])
  })

  test('come after those of an earlier request, wanted still or not', () => {
    const folder = ['0007_users.sql', '0008_add-billing-tables.sql', '0009_add-usage-tables.sql']
    const host = hostWith(['0007_users.sql'])
    expect(migrationNames(host, [BILLING, PURCHASES], folder, NOW)).toEqual([
      '0008_add-billing-tables.sql',
      '0010_add-purchase-tables.sql',
    ])
  })

  test("come after the host's later ones", () => {
    const folder = ['0008_add-billing-tables.sql', '0009_teams.sql']
    const host = hostWith(['0007_users.sql', '0009_teams.sql'])
    expect(migrationNames(host, [BILLING, USAGE], folder, NOW)).toEqual([
      '0008_add-billing-tables.sql',
      '0010_add-usage-tables.sql',
    ])
  })

  test('are not thought to be there for a file that only ends like one', () => {
    const folder = ['0007_users.sql', '0008_drop-add-billing-tables.sql']
    const host = hostWith(folder)
    expect(migrationNames(host, [BILLING], folder, NOW)).toEqual(['0009_add-billing-tables.sql'])
  })
})
