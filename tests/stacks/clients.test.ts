import { describe, expect, it } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { react } from '../../src/stacks/clients/react/index.js'
import { routeFiles } from '../../src/stacks/clients/react/routers/tanstack-files.js'
import { classesOf } from '../../src/stacks/clients/react/looks/looks.js'
import type { BillingSpec, ClientTheme } from '../../src/types.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

function looking(styling: 'tailwind' | 'css', theme: ClientTheme) {
  const host = hostProfile()
  const found = <T>(value: T) => ({ value, source: 'detected' as const, evidence: [] })
  const look = { styling: found(styling), theme: found(theme) }
  const styled = { ...host, client: host.client && { ...host.client, ...look } }
  const spec = billingSpec([paid('Pro', 2_900)])
  const data = templateData(spec, styled)
  const layout = layoutOf(styled, '1_add-billing-tables.sql')
  const rest = { mounts: [], starts: [], tracking: [], routes: [] }
  const { wants } = react.contribute({ spec, host: styled, data, layout, ...rest })
  return {
    wants: (file: string) => wants?.(file),
    text: (file: string) =>
      renderTemplate(openLibrary(), `stacks/clients/react/${file}`, data, layout, file),
  }
}

const SHEET = 'client/billing/billing.css'
const UI = 'client/billing/ui.tsx'
const LIGHT = { dark: null, accent: null }

describe('how the front end looks', () => {
  it('is said in one stylesheet, or in the classes of the host’s Tailwind', () => {
    expect(looking('css', LIGHT).wants(SHEET)).toBe(true)
    expect(looking('tailwind', LIGHT).wants(SHEET)).toBe(false)
    expect(looking('tailwind', LIGHT).text(UI)).toContain('`rounded-lg border px-4 py-3')
    expect(looking('css', LIGHT).text(UI)).toContain('className={`billing-notice ${TONES[tone]}`}')
  })

  it('is dark only where the host is, as the host is', () => {
    const sheetWith = (dark: string | null) => looking('css', { dark, accent: null }).text(SHEET)
    const media = '@media (prefers-color-scheme: dark)'

    expect(sheetWith(null)).not.toMatch(/light-dark|prefers-color-scheme|#15181e/)
    expect(sheetWith(media)).toContain(
      `${media} {\n  :where(:root) {\n    --billing-surface: #15181e`,
    )
    expect(sheetWith('.dark')).toContain(':where(.dark) {\n    --billing-surface: #15181e')
    expect(looking('tailwind', LIGHT).text(UI)).not.toContain('dark:')
    expect(looking('tailwind', { dark: 'dark:', accent: null }).text(UI)).toContain('dark:')
  })

  it('has colors also where a bundler rewrites light-dark() or a browser does not have it', () => {
    const sheet = looking('css', { dark: 'color-scheme', accent: null }).text(SHEET)
    const [always = '', whereSupported = ''] = sheet.split('@supports (color: light-dark(')

    expect(always).toContain('--billing-surface: #ffffff;')
    expect(always).not.toMatch(/: light-dark\(/)
    expect(whereSupported).toContain('--billing-surface: light-dark(')
  })

  it('stresses with the color of the host', () => {
    const accent = 'var(--accent)'
    expect(looking('css', { dark: null, accent }).text(SHEET)).toContain(
      '--billing-accent: var(--accent);',
    )
    expect(
      classesOf('buttonPrimary', { styling: 'tailwind', theme: { dark: null, accent: 'blue' } }),
    ).toContain('bg-blue-600 text-white hover:bg-blue-700')
    expect(
      classesOf('buttonPrimary', { styling: 'tailwind', theme: { dark: null, accent: 'teal' } }),
    ).toContain('bg-teal-700 text-white hover:bg-teal-800')
  })
})

describe('pages that are files of their own', () => {
  const router = {
    kind: 'tanstack-files' as const,
    file: 'web/src/routes/__root.tsx',
    package: '@tanstack/react-router',
    generated: 'web/src/routeTree.gen.ts',
    guards: { '_member/': 'guarded' as const },
  }
  const edits = routeFiles(
    router,
    [
      { path: '/pricing', component: 'PricingPage', access: 'public' },
      { path: '/billing', component: 'BillingPage', access: 'protected' },
    ].map((page) => ({
      ...(page as { path: string; component: string; access: 'public' | 'protected' }),
      from: '',
      specifierFrom: (file: string) => `../from-${file.split('/').length}`,
    })),
    {
      tool: { value: 'prettier', source: 'detected', evidence: [] },
      options: { semi: false, singleQuote: true },
    },
  )

  it('stand where the guard is, and in the tree that is made of them', async () => {
    expect(edits.map(({ file }) => file)).toEqual([
      'web/src/routes/pricing.tsx',
      'web/src/routes/_member/billing.tsx',
      'web/src/routeTree.gen.ts',
    ])
    expect(await edits[1]?.apply(null)).toMatchObject({
      content: `import { createFileRoute } from '@tanstack/react-router'
import { BillingPage } from '../from-5'

export const Route = createFileRoute('/_member/billing')({ component: BillingPage })
`,
    })
  })

  it('are left alone when they are there, and never taken over', async () => {
    expect(await edits[0]?.apply('<PricingPage />')).toEqual({ status: 'unchanged' })
    expect(await edits[0]?.apply('<Prices />')).toMatchObject({ code: 'path_taken' })
  })

  it('are left to the tool where the tree has nothing to write them like', async () => {
    expect(await edits[2]?.apply('export const routeTree = root\n')).toMatchObject({
      status: 'missed',
    })
  })

  it('are only checked once the tree lists them', () => {
    const { client } = hostProfile()
    if (!client) throw new Error('The host has no front end')
    const waitsFor = (changes: object, left: string[]) => {
      const value = { ...router, ...changes }
      const found = { value, source: 'detected' as const, evidence: [] }
      const steps = left.map((file) => ({ file, snippet: '', reason: '' }))
      return react.typesWaitFor({ ...client, router: found }, steps)
    }
    expect(waitsFor({}, [])).toBe(null)
    expect(waitsFor({}, ['web/src/main.tsx'])).toBe(null)
    expect(waitsFor({}, [router.generated])).toContain('web/src/routeTree.gen.ts lists the pages')
    expect(waitsFor({ generated: null }, [])).toContain('Not checked: the tree of routes')
    expect(waitsFor({ kind: 'routes-jsx', generated: null }, [])).toBe(null)
    expect(react.typesWaitFor({ ...client, router: null }, [])).toBe(null)
  })
})

describe('a proxy that does not know billing', () => {
  const host = hostProfile()
  const client = host.client
  const spec = billingSpec([paid('Pro', 2_900)])
  const steps = (file: string | null) => {
    const api = client && { ...client.api, value: { ...client.api.value, proxyWithoutApi: file } }
    const changed = { ...host, client: client && api ? { ...client, api } : null }
    const data = templateData(spec, changed)
    const layout = layoutOf(changed, '1_add-billing-tables.sql')
    const rest = { mounts: [], starts: [], tracking: [], routes: [] }
    return react.contribute({ spec, host: changed, data, layout, ...rest }).steps ?? []
  }

  it('is left to a person, until it does', () => {
    const step = steps('vite.config.ts').find(({ file }) => file === 'vite.config.ts')
    expect(step?.isDone?.("{ '/notes': url }")).toBe(false)
    expect(step?.isDone?.("{ '/notes': url, '/api': url }")).toBe(true)
  })

  it('is none where it knows it', () => {
    expect(steps(null).map(({ file }) => file)).not.toContain('vite.config.ts')
  })
})

const APP = 'client/src/App.tsx'

describe('links to the pages', () => {
  const host = hostProfile()
  const spec = billingSpec([paid('Pro', 2_900)])
  const withNavigation = (file: string | null) => {
    const value = { file: file ?? '', linkFrom: 'react-router-dom' }
    const found = { value, source: 'detected' as const, evidence: [] }
    const navigation = file === null ? null : found
    const changed = { ...host, client: host.client && { ...host.client, navigation } }
    const data = templateData(spec, changed)
    const layout = layoutOf(changed, '1_add-billing-tables.sql')
    const rest = { mounts: [], routes: [], starts: [], tracking: [] }
    return react.contribute({ spec, host: changed, data, layout, ...rest })
  }

  it('stand in the navigation', async () => {
    const { edits = [], nextSteps } = withNavigation('client/src/Nav.tsx')
    const edit = edits.find(({ file }) => file === 'client/src/Nav.tsx')
    const text = 'export const Nav = () => (\n  <nav>\n    <Link to="/a">A</Link>\n  </nav>\n)\n'

    const result = await edit?.apply(text)

    expect(result).toMatchObject({
      content: expect.stringMatching(/to="\/pricing"[^]*to="\/billing"/) as string,
    })
    expect(nextSteps?.map(({ code }) => code)).not.toContain('link_pages')
  })

  it('are left to a person, with both pages, where nothing in it is a place', async () => {
    const { edits = [] } = withNavigation('client/src/Nav.tsx')
    const edit = edits.find(({ file }) => file === 'client/src/Nav.tsx')

    expect(await edit?.apply('export const Nav = null\n')).toMatchObject({
      status: 'missed',
      reason: expect.stringContaining('/pricing for everybody and /billing') as string,
      snippet: '<Link to="/pricing">Pricing</Link>\n<Link to="/billing">Billing</Link>',
    })
  })

  it('are said to be missing where the app has no navigation, which is no miss', () => {
    const { edits = [], nextSteps } = withNavigation(null)

    expect(edits.map(({ file }) => file)).toEqual([APP, 'client/src/main.tsx'])
    expect(nextSteps).toContainEqual(expect.objectContaining({ code: 'link_pages' }))
  })
})

describe('the provider of billing', () => {
  const host = hostProfile()
  const spec = billingSpec([paid('Pro', 2_900)])
  const partsWith = (mount: { file: string; tag: string } | null, sold: BillingSpec = spec) => {
    const found = mount && { value: mount, source: 'detected' as const, evidence: [] }
    const changed = { ...host, client: host.client && { ...host.client, mount: found } }
    const data = templateData(sold, changed)
    const layout = layoutOf(changed, '1_add-billing-tables.sql')
    const rest = { mounts: [], routes: [], starts: [], tracking: [] }
    return react.contribute({ spec: sold, host: changed, data, layout, ...rest })
  }
  const main = { file: 'client/src/main.tsx', tag: 'App' }

  it('stands around the app', async () => {
    const edit = partsWith(main).edits?.find(({ file }) => file === main.file)
    expect(await edit?.apply('render(<App />)\n')).toMatchObject({
      content: expect.stringContaining('<BillingProvider>\n    <App />') as string,
    })
  })

  it('is brought by the pages, and said so, where no place around the app is sure', () => {
    const { edits = [], nextSteps } = partsWith(null)
    expect(edits.map(({ file }) => file)).not.toContain(main.file)
    expect(nextSteps).toContainEqual(expect.objectContaining({ code: 'mount_provider' }))
  })

  it('is not needed where nothing is paid by the interval', () => {
    const products = [{ slug: 'course', name: 'Course', amount: 29_900 }]
    const { edits = [], nextSteps } = partsWith(main, { ...billingSpec([]), products })
    expect(edits.map(({ file }) => file)).not.toContain(main.file)
    expect(nextSteps?.map(({ code }) => code)).not.toContain('mount_provider')
  })
})

describe('a plan of which the request names no features', () => {
  const step = (features: string[]) => {
    const host = hostProfile()
    const spec = billingSpec([{ ...paid('Pro', 2_900), features }])
    const data = templateData(spec, host)
    const layout = layoutOf(host, '1_add-billing-tables.sql')
    const rest = { mounts: [], routes: [], starts: [], tracking: [] }
    const { nextSteps = [] } = react.contribute({ spec, host, data, layout, ...rest })
    return nextSteps.find(({ code }) => code === 'describe_plans')?.text
  }

  it('has the place where they are said among the next steps', () => {
    expect(step([])).toBe(
      'Say what Pro has: `features` in server/config/polar.config.ts is what the pricing page lists.',
    )
    expect(step(['SSO'])).toBeUndefined()
  })
})

describe('links of billing that lead to pages of the app', () => {
  const host = hostProfile()
  const spec = billingSpec([
    paid('Pro', 2_900),
    { ...paid('Custom', 0), contactSales: true, prices: [] },
  ])
  const stepsOf = (known: { signIn: string | null; contact: string | null }) => {
    const found = (value: string | null) =>
      value === null ? null : { value, source: 'detected' as const, evidence: [] }
    const pages = { signIn: found(known.signIn), contact: found(known.contact) }
    const changed = { ...host, client: host.client && { ...host.client, ...pages } }
    const data = templateData(spec, changed)
    const layout = layoutOf(changed, '1_add-billing-tables.sql')
    const rest = { mounts: [], routes: [], starts: [], tracking: [] }
    const { steps = [] } = react.contribute({ spec, host: changed, data, layout, ...rest })
    return steps.filter(({ file }) => file === 'client/src/billing/texts.ts')
  }

  it('are a step where the app has no such page, until they lead elsewhere', () => {
    const [signIn, contact] = stepsOf({ signIn: null, contact: null })

    expect(signIn?.reason).toContain('sign in')
    expect(signIn?.isDone?.("signIn: '/login',")).toBe(false)
    expect(contact?.reason).toContain('"Contact sales" of Custom')
    expect(contact?.isDone?.("contactSales: '/contact',")).toBe(false)
    expect(contact?.isDone?.("contactSales: 'mailto:us@example.com',")).toBe(true)
  })

  it('are none where it has both', () => {
    expect(stepsOf({ signIn: '/auth', contact: '/contact' })).toEqual([])
  })
})

describe('a token that cannot be read from another module', () => {
  const host = hostProfile()
  const spec = billingSpec([paid('Pro', 2_900)])
  const stepOf = (evidence: { file: string; line: number }[], loginInHeader = false) => {
    const session = { value: { kind: 'cookie' as const }, source: 'assumed' as const, evidence }
    const server = { ...host.server, loginInHeader }
    const changed = { ...host, server, client: host.client && { ...host.client, session } }
    const data = templateData(spec, changed)
    const layout = layoutOf(changed, '1_add-billing-tables.sql')
    const rest = { mounts: [], starts: [], tracking: [], routes: [] }
    const { steps = [] } = react.contribute({ spec, host: changed, data, layout, ...rest })
    return steps.find(({ file }) => file === 'client/src/billing/api.ts')
  }

  it('is left to a person, with the place that sends it', () => {
    const step = stepOf([{ file: 'client/src/call.ts', line: 7 }])
    expect(step?.reason).toContain('client/src/call.ts sends (line 7)')
    expect(step?.isDone?.('headers: {}')).toBe(false)
    expect(step?.isDone?.('headers: { Authorization: x }')).toBe(true)
  })

  it('is missed where the login reads a header that nothing sends', () => {
    expect(stepOf([], true)?.reason).toContain('reads the Authorization header, and nothing')
  })

  it('is no matter where a cookie is sent anyway', () => {
    expect(stepOf([])).toBeUndefined()
  })
})
