import { describe, expect, it } from 'vitest'
import { trackRoute, type TrackEdit } from '../../src/patch/index.js'
import { readCases, testCases } from './cases.js'

testCases<TrackEdit>('track-route', trackRoute, { inserted: /trackUsage\(['"]api-calls['"]\), / })

describe.each(readCases<TrackEdit>('track-route'))('track-route: $name', (each) => {
  it('says what a person would write', async () => {
    const result = await trackRoute(each.input, each.edit)
    if (result.status !== 'missed') return
    expect(result.snippet).toContain(`import { trackUsage } from '${each.edit.from}'\n\n`)
    expect(result.snippet).toContain(`${each.edit.receiver}.use('${each.edit.path ?? ''}`)
  })
})
