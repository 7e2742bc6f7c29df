import { describe, expect, test } from 'vitest'
import { migrationNames } from '../../src/plan/migration-name.js'
import type { HostProfile } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

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
    expect(migrationNames(hostWith(files), files, NOW)[0]).toBe(name)
  })

  test('is the one that is there already, so that a second run changes nothing', () => {
    const ours = '20200101000000000_add-billing-tables.sql'
    expect(migrationNames(hostWith(['20250203093000000_users.sql']), [ours], NOW)[0]).toBe(ours)
  })
})
