import { describe, expect, it } from 'vitest'
import { callOnStart, type StartEdit } from '../../src/patch/index.js'
import { readCases, testCases } from './cases.js'

testCases<StartEdit>('call-on-start', callOnStart)

describe.each(readCases<StartEdit>('call-on-start'))('call-on-start: $name', (each) => {
  it('says what a person would write', async () => {
    const result = await callOnStart(each.input, each.edit)
    if (result.status !== 'missed') return
    expect(result.snippet).toContain(`import { startBilling } from '${each.edit.from}'\n\n`)
    expect(result.snippet).toMatch(/\nstartBilling\(\)$/)
  })
})
