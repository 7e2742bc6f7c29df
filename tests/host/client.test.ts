import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  problemsOf,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

const REACT = {
  react: '^19.0.0',
  'react-dom': '^19.0.0',
  vite: '^8.0.0',
  'react-router-dom': '^7.0.0',
}
const CLIENT: Files = {
  'package.json': packageJson({ dependencies: REACT }),
  'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
  'client/vite.config.ts': 'export default {}\n',
  'client/src/main.tsx': `import './index.css'
import { App } from './App'
render(<App />)
`,
  'client/src/App.tsx': `import { Routes, Route } from 'react-router-dom'
export const App = () => <Routes><Route path="/" element={<p />} /></Routes>
`,
}

function withClient(changes: Files = {}): string {
  return smallHost({ ...CLIENT, ...changes })
}

async function clientOf(changes: Files = {}) {
  const { client } = await profileOf(withClient(changes))
  if (!client) throw new Error('No client was found.')
  return client
}

const MAIN = 'client/src/main.tsx'

describe('the front end', () => {
  it.each<[string, string, boolean]>([
    ['.eslintrc.cjs', "module.exports = { extends: ['plugin:react/recommended'] }", true],
    ['eslint.config.js', 'export default [{ rules: react.configs.recommended.rules }]', true],
    ['eslint.config.js', "export default [{ rules: { 'react/prop-types': 'warn' } }]", true],
    ['eslint.config.js', 'export default [js.configs.recommended, reactHooks.configs.x]', false],
    [
      '.eslintrc.json',
      '{ "extends": "plugin:react/recommended", "rules": { "react/prop-types": "off" } }',
      false,
    ],
    ['eslint.config.js', "export default [react.configs.all, { 'react/prop-types': [0] }]", false],
  ])('has prop types where the linter asks for them: %s with %s', async (file, text, expected) => {
    const packages = { dependencies: REACT, devDependencies: { 'eslint-plugin-react': '^7.37.0' } }
    const files = { [file]: text, 'package.json': packageJson(packages) }
    expect(await clientOf(files)).toMatchObject({ propTypes: expected })
    expect(await clientOf({ [file]: text })).toMatchObject({ propTypes: false })
  })

  it('is where index.html says', async () => {
    expect(await clientOf()).toMatchObject({
      stack: { value: 'react', source: 'detected' },
      dir: { value: 'client/src', evidence: [{ file: MAIN }] },
      bundler: 'vite',
      styling: { value: 'css', evidence: [{ file: MAIN, line: 1 }] },
    })
  })

  it("is in the folder that Vite's root names", async () => {
    const client = await clientOf({
      'client/index.html': null,
      'client/vite.config.ts': null,
      'vite.config.ts': "export default { root: path.resolve(__dirname, 'pages/site') }\n",
      'pages/site/index.html': '<script src="./app/start.tsx" type="module"></script>',
      'pages/site/app/start.tsx': "import '../../../client/src/App'\n",
    })
    expect(client.dir.value).toBe('pages/site/app')
  })

  it('is known without Vite by its usual name', async () => {
    const client = await clientOf({
      'package.json': packageJson({ dependencies: { ...REACT, vite: undefined } }),
      'client/index.html': null,
      'client/vite.config.ts': null,
    })
    expect(client).toMatchObject({ bundler: null, dir: { value: 'client/src' } })
  })

  it.each<[string, Record<string, string | undefined>, Record<string, string>, string, number]>([
    ['Vite', {}, {}, '', 5173],
    [
      'Vite on a port of its own',
      {},
      {},
      'server: { host: true, proxy: { "/api": {} }, port: 3000 }',
      3000,
    ],
    ['its preview on another', {}, {}, 'preview: { port: 4173 }', 5173],
    ['a script', {}, { dev: 'vite --port 8080' }, '', 8080],
    [
      'a script with other programs',
      {},
      { dev: 'concurrently "PORT=4000 node ." "vite"' },
      '',
      5173,
    ],
    ['react-scripts', { vite: undefined, 'react-scripts': '^5.0.0' }, {}, '', 3000],
    [
      'its script',
      { vite: undefined, 'react-scripts': '^5.0.0' },
      { start: 'PORT=3001 react-scripts start' },
      '',
      3001,
    ],
  ])('is seen in development where %s says', async (_, packages, scripts, config, port) => {
    const { devAddress } = await clientOf({
      'package.json': packageJson({ dependencies: { ...REACT, ...packages }, scripts }),
      'client/vite.config.ts': `export default { ${config} }\n`,
    })
    expect(devAddress).toBe(`http://localhost:${port}`)
  })

  it('can be given by flag', async () => {
    const root = withClient({ 'app2/src/main.tsx': 'export const x = 1\n' })
    expect((await profileOf(root, { clientDir: './app2/src/' })).client?.dir).toEqual({
      value: 'app2/src',
      source: 'flag',
      evidence: [],
    })
    expect(await problemsOf(root, { clientDir: 'nowhere' })).toMatchObject([
      { code: 'client_not_found', flag: '--client-dir' },
    ])
  })

  it('may be written in JavaScript', async () => {
    const client = await clientOf({
      'client/index.html': '<script src="/src/main.jsx"></script>',
      'client/src/main.jsx': "import App from './App.jsx'\n",
      'client/src/App.tsx': null,
      'client/src/App.jsx': 'export default () => null\n',
    })
    expect(client).toMatchObject({ dir: { value: 'client/src' }, app: 'client/src/App.jsx' })
  })

  it('may start where Create React App does, beside a server that starts in a file of that name', async () => {
    const client = await clientOf({
      'client/index.html': null,
      'client/vite.config.ts': null,
      'client/src/main.tsx': null,
      'client/src/App.tsx': null,
      'client/src/index.js': "import ReactDOM from 'react-dom'\nimport App from './App'\n",
      'web/src/index.js': "import express from 'express'\n",
    })
    expect(client.dir).toMatchObject({
      value: 'client/src',
      evidence: [{ file: 'client/src/index.js' }],
    })
  })

  it('is none where there is none, and where none is asked for', async () => {
    expect((await profileOf(smallHost())).client).toBeNull()
    expect((await profileOf(withClient(), { client: 'none' })).client).toBeNull()
    const emails = packageJson({ dependencies: { react: '19', '@react-email/components': '1' } })
    expect((await profileOf(smallHost({ 'package.json': emails }))).client).toBeNull()
  })

  it.each([['.js'], ['.ts'], ['']])('has imports that end in %j', async (ending) => {
    const text = `import { a } from './a${ending}'\nimport './b.css'\nimport { d } from './d${ending}'\n`
    const client = await clientOf({
      [MAIN]: text,
      'client/src/App.tsx': `import { a } from './a${ending}'\nimport { b } from './b${ending}'\n`,
    })
    expect(client.package.importExtension.value).toBe(ending)
  })
})

describe('the router', () => {
  const app = (text: string) => ({ 'client/src/App.tsx': `export const App = 1\n${text}` })

  it.each([
    [
      "import { createBrowserRouter } from 'react-router-dom'\nconst r = createBrowserRouter([{ path: '/' }])",
      'data-router',
      'react-router-dom',
    ],
    [
      "import { createHashRouter } from 'react-router'\nconst r = createHashRouter([])",
      'data-router',
      'react-router',
    ],
    [
      "import { useRoutes } from 'react-router'\nexport const R = () => useRoutes([])",
      'data-router',
      'react-router',
    ],
    [
      "import { Routes } from 'react-router'\nexport const R = () => <Routes></Routes>",
      'routes-jsx',
      'react-router',
    ],
    [
      "import * as R from 'react-router-dom'\nconst r = createBrowserRouter(createRoutesFromElements(<Route />))",
      'routes-jsx',
      'react-router-dom',
    ],
  ])('%s', async (text, kind, name) => {
    const { router } = await clientOf(app(text))
    expect(router).toMatchObject({
      value: { kind, file: 'client/src/App.tsx', package: name },
      evidence: [{ file: 'client/src/App.tsx', line: 3 }],
    })
  })

  it('is the one nearest to the start', async () => {
    const { router } = await clientOf({
      'client/src/App.tsx': `import { AppRoutes } from './routes/AppRoutes'
import { Nested } from './pages/Nested'
export const App = () => <AppRoutes />
`,
      'client/src/routes/AppRoutes.tsx':
        "import '../pages/Nested'\nexport const AppRoutes = () => <Routes></Routes>\n",
      'client/src/pages/Nested.tsx': 'export const Nested = () => 1 // <Routes>\n',
    })
    expect(router?.value.file).toBe('client/src/routes/AppRoutes.tsx')
  })

  it.each([
    [{ '@reach/router': '1' }, 'Reach Router'],
    [{ '@tanstack/react-router': '1' }, 'no list of routes'],
    [{}, 'no router'],
  ])('is none, and said so, with %j', async (router, reason) => {
    const dependencies = { ...REACT, 'react-router-dom': undefined, ...router }
    const root = withClient({ 'package.json': packageJson({ dependencies }) })
    expect((await profileOf(root)).client?.router).toBeNull()
    const assumption = (await assumptionsOf(root)).find(
      ({ field }) => field === 'host.client.router',
    )
    expect(assumption?.reason).toContain(reason)
  })
})

describe('the styling', () => {
  it.each([['tailwindcss'], ['@tailwindcss/vite']])('is Tailwind with %s', async (name) => {
    const dependencies = { ...REACT, [name]: '^4.0.0' }
    const { styling } = await clientOf({ 'package.json': packageJson({ dependencies }) })
    expect(styling).toMatchObject({ value: 'tailwind', evidence: [{ file: 'package.json' }] })
  })
})

describe('the theme', () => {
  const themeOf = async (files: Record<string, string>, packages: object = {}) => {
    const own = packageJson({ dependencies: { ...REACT, ...packages } })
    const { theme } = await clientOf({ 'package.json': own, ...files })
    return theme
  }
  const withSheet = (sheet: string) =>
    themeOf({ [MAIN]: "import './app.css'\n", 'client/src/app.css': sheet })
  const inTailwind = (jsx: string) =>
    themeOf({ [MAIN]: `export const App = () => ${jsx}\n` }, { tailwindcss: '^4.0.0' })

  it.each([
    ['body { color: black }', null],
    [
      '@media (prefers-color-scheme: dark) { body { color: white } }',
      '@media (prefers-color-scheme: dark)',
    ],
    [':root { color-scheme: light dark }', 'color-scheme'],
    ['.dark { --text: white }', '.dark'],
    [':root[data-theme="dark"] { --text: white }', ':root[data-theme="dark"]'],
    ['.darker { --text: white }', null],
  ])('of %j is dark as %j', async (sheet, dark) => {
    expect((await withSheet(sheet)).value.dark).toBe(dark)
  })

  it.each([
    [':root { --accent: #2f5bea }', 'var(--accent)'],
    [':root { --primary-color: rgb(30, 64, 175) }', 'var(--primary-color)'],
    [':root { --accent: #ffd400 }', null],
    [':root { --primary: 222 47% 11% }', null],
  ])('of %j stresses with %j', async (sheet, accent) => {
    expect((await withSheet(sheet)).value.accent).toBe(accent)
  })

  it('is that of Tailwind classes', async () => {
    const one =
      '<p className="bg-blue-600 bg-red-700"><b className="bg-blue-700 bg-teal-600" /></p>'
    expect((await inTailwind(one)).value).toEqual({ dark: null, accent: 'blue' })
    const dark = '<p className="bg-white dark:bg-black" />'
    expect((await inTailwind(dark)).value).toEqual({ dark: 'dark:', accent: null })
  })
})

describe('who is signed in', () => {
  const SESSION = `export function SessionProvider({ children }) { return children }
export function useSession() { return { user: null, loading: true } }
`
  const hookOf = async (header: string, session = SESSION) => {
    const { sessionHook } = await clientOf({
      'client/src/App.tsx': `import { Header } from './Header'\nexport const App = () => <Header />\n`,
      'client/src/Header.tsx': header,
      'client/src/session.tsx': session,
    })
    return sessionHook?.value ?? null
  }
  const hook = { name: 'useSession', default: false, file: 'client/src/session.tsx', package: null }
  const imported = "import { useSession } from './session'\n"

  it('is said by the hook that the components take apart', async () => {
    expect(
      await hookOf(
        `${imported}export const Header = () => { const { user, loading } = useSession() }\n`,
      ),
    ).toEqual({ hook, user: 'user', loading: 'loading' })
    expect(
      await hookOf(
        `${imported}export const Header = () => { const { isAuthenticated, user: me } = useSession() }\n`,
      ),
    ).toEqual({ hook, user: 'isAuthenticated', loading: null })
  })

  it('is said by the hook of a package', async () => {
    const header =
      "import { useUser } from '@clerk/clerk-react'\nexport const Header = () => { const { isSignedIn } = useUser() }\n"
    const fromPackage = {
      name: 'useUser',
      default: false,
      file: null,
      package: '@clerk/clerk-react',
    }
    expect(await hookOf(header)).toEqual({ hook: fromPackage, user: 'isSignedIn', loading: null })
  })

  it('is not known outside the pages that have the session around them', async () => {
    const header = `${imported}import { SessionProvider } from './session'
export const Header = () => { const { user } = useSession(); return <SessionProvider><Outlet /></SessionProvider> }\n`
    expect(await hookOf(header)).toBeNull()
  })

  it('is not known where a hook gives something else, or is not exported', async () => {
    expect(
      await hookOf(`${imported}export const Header = () => { const { logOut } = useSession() }\n`),
    ).toBeNull()
    const own =
      'const useSession = () => ({ user: null })\nexport const Header = () => { const { user } = useSession() }\n'
    expect(await hookOf(own)).toBeNull()
  })

  it.each([
    ["new URLSearchParams(location.search).get('next')", 'next'],
    ["searchParams.get('returnTo')", 'returnTo'],
    ["searchParams.get('page')", null],
  ])('is led back by %s', async (code, parameter) => {
    const { signInBack } = await clientOf({
      'client/src/App.tsx': `import { Login } from './Login'\nexport const App = () => <Login />\n`,
      'client/src/Login.tsx': `export const Login = () => { const page = ${code} }\n`,
    })
    expect(signInBack?.value ?? null).toBe(parameter)
  })
})

describe('the page where people sign in', () => {
  const pageOf = async (app: string, others: Record<string, string> = {}) => {
    const imported = Object.keys(others).map(
      (file) => `import '${file.replace('client/src', '.')}'\n`,
    )
    const { signIn } = await clientOf({ 'client/src/App.tsx': imported.join('') + app, ...others })
    return signIn?.value ?? null
  }

  it.each([
    ['<Link to="/login">', '/login'],
    ['<Route path="/LoginPage" element={<LoginPage />} />', '/LoginPage'],
    ['<Route path="iniciar-sesion" element={<IniciarSesion />} />', '/iniciar-sesion'],
    ['<Route path="/" element={user ? <Home /> : <LoginPage />} />', '/'],
    ['<Route path="/start"><SignIn /></Route>', '/start'],
    ['{ path: "/enter", Component: SignInPage }', '/enter'],
    ['<Route path="/home" element={<LoginRequired><Home /></LoginRequired>} />', null],
    ['<Route path="/home" element={<Authenticated><Home /></Authenticated>} />', null],
    ['<Route path="/home" element={<Home />} /><Route element={<Login />} />', null],
    ['fetch("/api/login")', null],
  ])('is read from %s', async (code, page) => {
    expect(await pageOf(`export const App = () => { ${code} }\n`)).toBe(page)
  })

  it.each([
    ["export const ROUTE = { HOME: '/', LOGIN: '/enter' }", 'navigate(ROUTE.LOGIN)', '/enter'],
    ["export const PATHS = { auth: { SIGN_IN: '/' } }", 'path: PATHS.auth.SIGN_IN', '/'],
    ["export const LOGIN_ROUTE = '/a/b'", '<NavLink to={LOGIN_ROUTE}>', '/a/b'],
    ["export const API = { LOGIN: '/users/in' }", 'client.post(API.LOGIN)', null],
    ["export const A = { LOGIN: '/a' }, B = { LOGIN: '/b' }", 'navigate(A.LOGIN)', null],
  ])('is named by the constant of %s', async (constants, code, page) => {
    const file = 'client/src/constants.ts'
    expect(await pageOf(`export const App = () => { ${code} }\n`, { [file]: constants })).toBe(page)
  })

  it('is not where billing of an earlier run leads', async () => {
    const billing = {
      'client/src/billing/texts.ts': "export const links = { signIn: '/login' }\n",
      'client/src/billing/ui.tsx':
        "import { links } from './texts'\nexport const Sign = () => <a href={links.signIn}>In</a>\n",
    }
    expect(await pageOf('export const App = () => <main />\n', billing)).toBeNull()
  })
})

describe('the place around header and pages', () => {
  const mountOf = async (main: string, app = 'export const App = () => <main />\n') => {
    const auth = 'export const AuthProvider = null\nexport const useAuth = () => ({ user: null })\n'
    const files = { [MAIN]: main, 'client/src/App.tsx': app, 'client/src/auth.tsx': auth }
    return (await clientOf(files)).mount?.value ?? null
  }
  const imports = "import { App } from './App'\nimport { AuthProvider, useAuth } from './auth'\n"

  it('is the app where the front end starts, inside the session', async () => {
    expect(
      await mountOf(
        `${imports}createRoot(root).render(<StrictMode><AuthProvider><App /></AuthProvider></StrictMode>)\n`,
      ),
    ).toEqual({ file: MAIN, tag: 'App' })
    expect(await mountOf('createRoot(root).render(<RouterProvider router={router} />)\n')).toEqual({
      file: MAIN,
      tag: 'RouterProvider',
    })
  })

  it('is what the app shows, where the session begins there', async () => {
    const app =
      "import { AuthProvider, useAuth } from './auth'\nconst Header = () => { const { user } = useAuth() }\nexport function App() { return <AuthProvider><Routes><Route /></Routes></AuthProvider> }\n"
    expect(await mountOf(`${imports}createRoot(root).render(<App />)\n`, app)).toEqual({
      file: 'client/src/App.tsx',
      tag: 'Routes',
    })
  })

  it('stays where the app starts, if the session is there and the app has other providers', async () => {
    const app =
      "import { useAuth } from './auth'\nexport function App() { const { user } = useAuth(); return <ThemeProvider><Routes><Route /></Routes></ThemeProvider> }\n"
    const main = `${imports}createRoot(root).render(<AuthProvider><App /></AuthProvider>)\n`
    expect(await mountOf(main, app)).toEqual({ file: MAIN, tag: 'App' })
  })

  it('is not sure where the app provides for one page here and for others there', async () => {
    const app =
      "import { AuthProvider, useAuth } from './auth'\nconst Header = () => { const { user } = useAuth() }\nexport function App() { if (landing) return <AuthProvider><Landing /></AuthProvider>; return <AuthProvider><Pages /></AuthProvider> }\n"
    expect(await mountOf(`${imports}createRoot(root).render(<App />)\n`, app)).toBeNull()
  })

  it('is inside all that the app provides, as the hook may need any of it', async () => {
    const auth = 'export const useAuth = () => ({ user: null })\n'
    const app =
      "import { useAuth } from './auth'\nconst Header = () => { const { user } = useAuth() }\nexport function App() { return <QueryClientProvider><Pages /></QueryClientProvider> }\n"
    const { mount } = await clientOf({ 'client/src/App.tsx': app, 'client/src/auth.tsx': auth })
    expect(mount?.value).toEqual({ file: 'client/src/App.tsx', tag: 'Pages' })
  })

  it('is not sure where the session stands around several things', async () => {
    const auth = 'export const AuthProvider = null\nexport const useAuth = () => ({ user: null })\n'
    const app =
      "import { AuthProvider, useAuth } from './auth'\nconst Header = () => { const { user } = useAuth() }\nexport function App() { return <div><AuthProvider><Header /><Routes /></AuthProvider></div> }\n"
    const { mount } = await clientOf({ 'client/src/App.tsx': app, 'client/src/auth.tsx': auth })
    expect(mount).toBeNull()
  })
})

describe('the charts', () => {
  const chartsWith = async (packages: Record<string, string>, section = 'dependencies') => {
    const own = { dependencies: REACT, [section]: { ...REACT, ...packages } }
    const { charts } = await clientOf({ 'package.json': packageJson(own) })
    return charts
  }

  it('are drawn with what package.json has for it', async () => {
    const packages = { 'react-chartjs-2': '^5.3.0', 'chart.js': '^4.4.0', 'chart.json': '1' }
    const charts = await chartsWith(packages)
    expect(charts.map(({ value }) => value)).toEqual([
      { name: 'react-chartjs-2', range: '^5.3.0' },
      { name: 'chart.js', range: '^4.4.0' },
    ])
    const lines = packageJson({ dependencies: { ...REACT, ...packages } }).split('\n')
    for (const { value, source, evidence } of charts) {
      expect(source).toBe('detected')
      expect(lines[(evidence[0]?.line ?? 0) - 1]).toContain(`"${value.name}"`)
    }
  })

  it.each(['recharts', 'victory', '@nivo/bar', 'echarts', '@visx/shape', 'highcharts'])(
    'may be drawn with %s, be it for development',
    async (name) => {
      expect(await chartsWith({ [name]: '1' }, 'devDependencies')).toMatchObject([
        { value: { name, range: '1' } },
      ])
    },
  )

  it('are none where there are none', async () => {
    expect(await chartsWith({})).toEqual([])
  })
})

describe('the session', () => {
  const api = (text: string): Files => ({
    [MAIN]: "import './App'\nimport { api } from './lib/api'\n",
    'client/src/lib/api.ts': text,
    'client/src/lib/auth.ts':
      "const KEY = 'notes.token'\nexport const getToken = () => localStorage.getItem(KEY)\nexport function secret() { return closure }\n",
  })

  it.each([
    [
      "fetch(u, { headers: { Authorization: `Bearer ${localStorage.getItem('token')}` } })",
      "localStorage.getItem('token')",
    ],
    [
      "const token = window.sessionStorage.getItem('jwt') ?? ''\nh.Authorization = `Bearer ${token}`",
      "window.sessionStorage.getItem('jwt')",
    ],
    [
      "axios.interceptors.request.use((config) => { const t = localStorage.getItem('at'); if (t) config.headers.Authorization = 'Bearer ' + t })",
      "localStorage.getItem('at')",
    ],
    [
      "import { getToken } from './auth'\nh.Authorization = `Bearer ${getToken()}`",
      "localStorage.getItem('notes.token')",
    ],
    ['h.Authorization = `Bearer ${localStorage.token}`', 'localStorage.token'],
  ])('is a bearer token: %s', async (text, token) => {
    const { session } = await clientOf(api(text))
    expect(session).toMatchObject({ source: 'detected', value: { kind: 'bearer', token } })
  })

  it.each([
    ["fetch(u, { credentials: 'include' })", 'detected'],
    ['axios.create({ withCredentials: true })', 'detected'],
    ['fetch(u)', 'assumed'],
  ])('is a cookie: %s', async (text, source) => {
    expect((await clientOf(api(text))).session).toMatchObject({ value: { kind: 'cookie' }, source })
  })

  it.each([
    ["import { secret } from './auth'\nh.Authorization = `Bearer ${secret()}`"],
    ['h.Authorization = `Bearer ${localStorage.getItem("x\'); alert(\'")}`'],
  ])('is assumed, and said so, where the token cannot be reached: %s', async (text) => {
    const root = withClient(api(text))
    expect((await profileOf(root)).client?.session).toMatchObject({ source: 'assumed' })
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.client.session' }),
    )
  })
})

describe('front ends that are not supported', () => {
  it.each([
    ['vue', 'Vue front ends are not supported yet.'],
    ['svelte', 'Svelte front ends are not supported yet.'],
    ['next', 'Next.js front ends are not supported yet.'],
  ])('%s', async (name, message) => {
    const root = smallHost({ 'package.json': packageJson({ dependencies: { [name]: '1' } }) })
    expect(await problemsOf(root)).toMatchObject([
      { code: 'client_not_supported', message, flag: '--client' },
    ])
    expect((await profileOf(root, { client: 'none' })).client).toBeNull()
  })
})
