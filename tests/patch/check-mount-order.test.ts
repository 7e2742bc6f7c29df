import { expect, it } from 'vitest'
import { checkMountOrder, type MountOrder } from '../../src/patch/index.js'
import { readCases } from './cases.js'

type Expected = Parameters<typeof checkMountOrder>[1]

it.each(readCases<Expected & { finds: MountOrder }>('check-mount-order'))(
  'check-mount-order: $name',
  async ({ input, edit: { finds, ...expected } }) => {
    expect(await checkMountOrder(input, expected)).toEqual(finds)
  },
)
