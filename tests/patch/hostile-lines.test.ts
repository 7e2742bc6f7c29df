import { describe, expect, it } from 'vitest'
import { withPackages } from '../../src/packages/package-json.js'
import {
  addEnvLines,
  addReactRoutes,
  callOnStart,
  mountRouter,
  mountWebhook,
  trackRoute,
} from '../../src/patch/index.js'
import {
  endsInTime,
  HOSTILE_LINES,
  hostileLine,
  type HostileLine,
} from '../support/hostile-lines.js'

const KINDS = Object.keys(HOSTILE_LINES) as HostileLine[]
const MOUNT = { path: '/api/webhooks/polar', name: 'polar', from: './polar.js' }
const TRACK = {
  ...{ path: '/notes', receiver: 'app', meter: 'calls' },
  ...{ name: 'trackUsage', from: './usage.js' },
}
const START = { name: 'startBilling', from: './worker.js' }
const EDITED = /^(changed|unchanged|missed)$/

function app(line: string): string {
  return `import express from 'express'
const app = express()
${line}
app.use('/notes', notes)
export { app }
`
}

function pages(line: string): string {
  return `import { Routes, Route } from 'react-router-dom'
export const App = () => <Routes>
  ${line}
  <Route path="/" element={<RequireAuth>
    ${/^\s*$/.test(line) ? line : ''}
    <Home />
  </RequireAuth>} />
  {/* */}${/^\s*$/.test(line) ? line : ''}
</Routes>
`
}

describe('a file with a line of 200,000 characters is edited in time', () => {
  it('the example of the environment', { timeout: 120_000 }, async () => {
    for (const kind of KINDS) {
      const text = `A=1\n${hostileLine(kind)}\nB=2\n`
      const lines = [{ name: 'POLAR_ACCESS_TOKEN', value: 'x', comment: 'From Polar' }]
      const result = await endsInTime(() => addEnvLines(text, lines))
      expect(result.status, kind).toBe('changed')
      if (result.status === 'changed') expect(result.content.startsWith(text)).toBe(true)
    }
  })

  it('the app', { timeout: 300_000 }, async () => {
    for (const kind of KINDS) {
      for (const text of [app(`// ${hostileLine(kind)}`), app(hostileLine(kind))]) {
        expect((await endsInTime(() => mountWebhook(text, MOUNT))).status, kind).toMatch(EDITED)
        expect((await endsInTime(() => mountRouter(text, MOUNT))).status, kind).toMatch(EDITED)
        expect((await endsInTime(() => trackRoute(text, TRACK))).status, kind).toMatch(EDITED)
        expect((await endsInTime(() => callOnStart(text, START))).status, kind).toMatch(EDITED)
      }
    }
  })

  it('the pages', { timeout: 300_000 }, async () => {
    const route = { path: '/billing', component: 'Billing', from: './Billing' }
    const routes = [{ ...route, access: 'protected' as const }]
    for (const kind of KINDS) {
      const text = pages(hostileLine(kind))
      const result = await endsInTime(() => addReactRoutes(text, { routes }))
      expect(result.status, kind).toMatch(EDITED)
    }
  })

  it('package.json', { timeout: 120_000 }, async () => {
    const wanted = { dependencies: { pg: '^8.0.0' }, devDependencies: {} }
    for (const kind of KINDS) {
      const range = hostileLine(kind)
      const blank = /^\s*$/.test(range) ? range : ' '
      const text = `{${blank}"name": "x", "dependencies": {${blank}"pg": ${JSON.stringify(range)} }}`
      const { content } = await endsInTime(() => withPackages(text, wanted, { migrate: 'x' }))
      expect(JSON.parse(content), kind).toHaveProperty('scripts.migrate', 'x')
    }
  })

  it('an app with thousands of mounts and functions', { timeout: 120_000 }, async () => {
    const functions = Array.from(
      { length: 3_000 },
      (_, at) => `function f${at}() { g() }\nf${at}()`,
    )
    for (const line of ['app.use(a);'.repeat(5_000), functions.join('\n')]) {
      const text = app(line)
      expect((await endsInTime(() => mountWebhook(text, MOUNT))).status).toMatch(EDITED)
      expect((await endsInTime(() => trackRoute(text, TRACK))).status).toMatch(EDITED)
    }
    const many = app("app.get('/notes', notes)\n".repeat(3_000))
    expect((await endsInTime(() => trackRoute(many, TRACK))).status).toBe('changed')
  })
})

describe('an edit of code that nests or chains without end', () => {
  it.each<[string, string]>([
    ['properties', `x${'.a'.repeat(50_000)}`],
    ['sums', `0${' + 1'.repeat(50_000)}`],
    ['mounts', `app${'.use(a)'.repeat(20_000)}`],
    ['parentheses', `${'('.repeat(50_000)}0${')'.repeat(50_000)}`],
    ['functions', `${'() => '.repeat(50_000)}0`],
    ['lines', '\n'.repeat(1_000_000)],
  ])('of %s, is done or left to do by hand', { timeout: 60_000 }, async (_, code) => {
    expect((await endsInTime(() => mountWebhook(app(code), MOUNT))).status).toMatch(EDITED)
    expect((await endsInTime(() => trackRoute(app(code), TRACK))).status).toMatch(EDITED)
    expect((await endsInTime(() => callOnStart(app(code), START))).status).toMatch(EDITED)
  })
})
