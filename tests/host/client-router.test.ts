import { describe, expect, it } from 'vitest'
import type { ClientRouter, Found } from '../../src/types.js'
import { packageJson, profileOf, smallHost, type Files } from './support/small-host.js'

/** A front end with a router of this name, which is found from `client/src/main.tsx`. */
async function routerOf(name: string, files: Files): Promise<Found<ClientRouter> | null> {
  const dependencies = { react: '18', 'react-dom': '18', vite: '7', [name]: '5' }
  const root = smallHost({
    'package.json': packageJson({ dependencies }),
    'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
    'client/src/main.tsx': "import { App } from './App'\n",
    ...files,
  })
  return (await profileOf(root)).client?.router ?? null
}

describe('where the pages are listed', () => {
  it.each([
    [
      'react-router-dom',
      "import { Route, Switch } from 'react-router-dom'\nexport const App = () => <Switch><Route path='/' component={Home} /></Switch>\n",
      'switch',
    ],
    [
      'react-router-dom',
      "import { Route } from 'react-router-dom'\nexport const App = () => <main><Route path='/' render={() => <Home />} /></main>\n",
      'switch',
    ],
    [
      'wouter',
      "import { Route, Switch } from 'wouter'\nexport const App = () => <Switch><Route path='/'>Home</Route></Switch>\n",
      'switch',
    ],
    [
      '@tanstack/react-router',
      "import { createRouter } from '@tanstack/react-router'\nexport const App = root.addChildren([home])\n",
      'tanstack',
    ],
  ])('%s: %s', async (name, text, kind) => {
    const router = await routerOf(name, { 'client/src/App.tsx': text })
    expect(router).toMatchObject({
      value: { kind, package: name, file: 'client/src/App.tsx' },
      evidence: [{ file: 'client/src/App.tsx', line: 2 }],
    })
  })

  it.each([
    ["import { Switch } from '@mui/material'\nexport const App = () => <Switch>on</Switch>\n"],
    ["import { Route } from 'wouter'\nexport const App = () => <p>{`<Switch>`}</p>\n"],
  ])('is not a toggle, nor a text: %s', async (text) => {
    expect(await routerOf('wouter', { 'client/src/App.tsx': text })).toBeNull()
  })

  it.each([
    ["import { routes } from './routes'", 'createBrowserRouter(routes)'],
    ["import routes from './routes'", 'useRoutes(routes)'],
    [
      "import { routes } from './routes'\nimport { Route, Routes } from 'react-router-dom'",
      '() => <Routes>{routes.map((each) => <Route key={each.path} {...each} />)}</Routes>',
    ],
  ])('is the file of the list that another one uses: %s, %s', async (imports, use) => {
    const router = await routerOf('react-router-dom', {
      'client/src/App.tsx': `${imports}\nexport const App = ${use}\n`,
      'client/src/routes.tsx':
        "export const routes = [{ path: '/', element: <Home /> }]\nexport default routes\n",
    })
    expect(router).toMatchObject({
      value: { kind: 'data-router', file: 'client/src/routes.tsx' },
      evidence: [{ file: 'client/src/App.tsx' }],
    })
  })
})

it('is read from JavaScript with JSX in files that do not say so', async () => {
  const router = await routerOf('react-router-dom', {
    'client/src/App.tsx': null,
    'client/src/App.js':
      "import { Route, Switch } from 'react-router-dom'\nexport const App = () => <Switch><Route path='/' component={Home} /></Switch>\n",
  })
  expect(router?.value).toMatchObject({ kind: 'switch', file: 'client/src/App.js' })
})

describe('what keeps people out', () => {
  const app = `import { Route, Switch } from 'react-router-dom'
import { Home } from './Home'
import { Inside } from './wrappers'
import { Outside } from './wrappers'
import { Staff } from './wrappers'
import { Frame, Later } from './wrappers'
export const App = () => <Switch><Route path='/' component={Home} /></Switch>
`

  it('is known by what it does', async () => {
    const router = await routerOf('react-router-dom', {
      'client/src/App.tsx': app,
      'client/src/Home.tsx':
        "export const Home = () => { const go = useNavigate(); go('/login'); return null }\n",
      'client/src/wrappers.tsx': `
export const Inside = ({ children }) => (useUser() ? children : <Redirect to="/login" />)
export function Outside({ component: Page, ...rest }) {
  return <Route {...rest} render={() => (useUser() ? <Redirect to="/app" /> : <Page />)} />
}
export const Staff = ({ children, role }) =>
  useUser()?.role === role ? children : <Navigate to={'/sign-in'} />
export const Frame = ({ children }) => {
  const go = useNavigate()
  return <main><button onClick={() => go('/login')}>Sign out</button>{children}</main>
}
export function Later({ children }) {
  const navigate = useNavigate()
  useEffect(() => {
    if (!useUser()) {
      navigate('/login')
    }
  })
  return children
}
`,
    })
    expect(router?.value.guards).toEqual({
      Inside: 'guarded',
      Later: 'guarded',
      Outside: 'restricted',
      Staff: 'restricted',
    })
  })
})

describe('a file for each page', () => {
  const FILES: Files = {
    'client/src/App.tsx':
      "import { createRouter } from '@tanstack/react-router'\nimport { routeTree } from './routeTree.gen'\nexport const App = createRouter({ routeTree })\n",
    'client/src/routeTree.gen.ts':
      "import { Route as rootRouteImport } from './routes/__root'\nexport const routeTree = rootRouteImport\n",
    'client/src/routes/__root.tsx': 'export const Route = createRootRoute()\n',
    'client/src/routes/_member.tsx':
      "export const Route = createFileRoute('/_member')({ beforeLoad: () => { if (!user()) throw redirect({ to: '/login' }) } })\n",
  }

  it('is known by the tree that a tool makes of them', async () => {
    const router = await routerOf('@tanstack/react-router', FILES)
    expect(router).toMatchObject({
      value: {
        kind: 'tanstack-files',
        file: 'client/src/routes/__root.tsx',
        generated: 'client/src/routeTree.gen.ts',
        guards: { '_member.': 'guarded' },
      },
      evidence: [{ file: 'client/src/App.tsx' }],
    })
  })

  it.each([
    [{ 'client/src/routes/_member/board.tsx': '' }, { '_member/': 'guarded' }],
    [{ 'client/src/routes/_member.tsx': "beforeLoad: () => redirect({ to: '/app' })" }, {}],
    [{ 'client/src/routes/_member.tsx': "// to '/login'" }, {}],
  ])('may stand below a layout that guards them: %j', async (files, guards) => {
    const router = await routerOf('@tanstack/react-router', { ...FILES, ...files })
    expect(router?.value.guards).toEqual(guards)
  })

  it('may have a tree that git does not keep', async () => {
    const router = await routerOf('@tanstack/react-router', {
      ...FILES,
      'client/src/routeTree.gen.ts': null,
    })
    expect(router?.value).toMatchObject({ kind: 'tanstack-files', generated: null })
  })
})
