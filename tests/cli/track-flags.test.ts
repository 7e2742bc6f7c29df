import { describe, expect, it } from 'vitest'
import { readTrackFlags, type TrackFlags } from '../../src/cli/track-flags.js'
import type { Meter } from '../../src/types.js'
import { billingSpec, meter, paid } from '../support/profiles.js'

const calls = meter('API calls')
const exports = meter('Exports')
const storage = meter('Storage', { aggregation: 'sum', property: 'gb' })

function read(flags: string[], meters: Meter[] = [calls]): TrackFlags {
  return readTrackFlags(flags, billingSpec([paid('Pro', 2_900)], { meters }))
}

function problemOf(flags: string[], meters?: Meter[]) {
  const result = read(flags, meters)
  if (result.ok) throw new Error(JSON.stringify(result.track))
  return result.problem
}

describe('--track', () => {
  it.each([
    [['/api/v1'], [{ meter: 'api-calls', route: '/api/v1' }]],
    [['/api/v1/'], [{ meter: 'api-calls', route: '/api/v1' }]],
    [['/'], [{ meter: 'api-calls', route: '/' }]],
    [['/users/:id'], [{ meter: 'api-calls', route: '/users/:id' }]],
    [['api-calls=/api/v1'], [{ meter: 'api-calls', route: '/api/v1' }]],
    [['/a', '/a/', '/b'], ['/a', '/b'].map((route) => ({ meter: 'api-calls', route }))],
    [[], []],
  ])('%j', (flags, track) => {
    expect(read(flags)).toEqual({ ok: true, track })
  })

  it('needs no name of a meter beside one that requests cannot count', () => {
    const track = [{ meter: 'api-calls', route: '/api' }]
    expect(read(['/api'], [storage, calls])).toEqual({ ok: true, track })
  })

  it('needs the name where two could be meant', () => {
    expect(problemOf(['/api'], [calls, exports])).toMatchObject({
      code: 'meter_not_named',
      choices: ['api-calls=/api', 'exports=/api'],
    })
    expect(read(['exports=/api', 'api-calls=/api'], [calls, exports])).toMatchObject({ ok: true })
  })

  it('names a meter of the request, and none that is a sum', () => {
    expect(problemOf(['calls=/api'])).toMatchObject({ code: 'unknown_meter' })
    expect(problemOf(['calls=/api']).hint).toContain('api-calls')
    expect(problemOf(['storage=/api'], [storage, calls]).message).toContain('storage is a sum')
    expect(problemOf(['/api'], [storage])).toMatchObject({ code: 'invalid_track' })
  })

  it('has nothing to count where nothing is paid by use', () => {
    expect(problemOf(['/api'], [])).toMatchObject({ code: 'track_without_usage' })
  })

  it.each([
    ...['', 'api/v1', 'https://example.com/api', '=/api', '/api v1', "/api'); evil(); ('"],
    ...[
      '/api\n',
      '/api\u202e',
      '/api/${process.env.SECRET}',
      '/*',
      '..',
      'a/../b=/api',
      '/\\..\\x',
    ],
    ...['`id`', `/${'a'.repeat(300)}`],
  ])('is no other text: %j', (flag) => {
    const { code, message } = problemOf([flag])
    expect(code).toBe('invalid_track')
    expect(message).toMatch(/^[\x20-\x7e]{1,140}$/)
  })
})
