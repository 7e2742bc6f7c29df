import { describe, expect, it } from 'vitest'
import type { ClientNavigation, ClientProfile, Found } from '../../src/types.js'
import { packageJson, profileOf, smallHost, type Files } from './support/small-host.js'

const APP = "import { Route, Routes } from 'react-router-dom'\n"
const ROUTES = '<Routes><Route path="/" element={<Home />} /></Routes>'
const LINKS = '<Link to="/songs">Songs</Link><Link to="/bands">Bands</Link>'

/** Of a front end with React Router, which starts in `client/src/main.tsx` and shows `App`. */
async function navigationOf(
  files: Files,
  dependencies: Record<string, string> = {},
): Promise<Found<ClientNavigation> | null> {
  return (await clientOf(files, dependencies))?.navigation ?? null
}

async function clientOf(
  files: Files,
  dependencies: Record<string, string> = {},
): Promise<ClientProfile | null> {
  const root = smallHost({
    'package.json': packageJson({
      dependencies: {
        react: '18',
        'react-dom': '18',
        vite: '7',
        'react-router-dom': '6',
        ...dependencies,
      },
    }),
    'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
    'client/src/main.tsx': "import { App } from './App'\n",
    ...files,
  })
  return (await profileOf(root)).client
}

describe('where links to the pages are kept', () => {
  it('is the part of the frame that has them', async () => {
    const found = await navigationOf({
      'client/src/App.tsx': `${APP}import { Layout } from './Layout'\nexport const App = () => <Layout>${ROUTES}</Layout>\n`,
      'client/src/Layout.tsx': "import { Header } from './Header'\nexport const Layout = Header\n",
      'client/src/Header.tsx': `export const Header = () => (\n  <header>${LINKS}</header>\n)\n`,
    })

    expect(found).toEqual({
      value: { file: 'client/src/Header.tsx', linkFrom: 'react-router-dom' },
      source: 'detected',
      evidence: [{ file: 'client/src/Header.tsx', line: 2 }],
    })
  })

  it('is not a page, which has links of its own', async () => {
    const found = await navigationOf({
      'client/src/App.tsx': `${APP}import { Home } from './pages/Home'\nimport { TopBar } from './ui/TopBar'\nexport const App = () => <><TopBar />${ROUTES}</>\n`,
      'client/src/pages/Home.tsx': `export const Home = () => <nav>${LINKS}<Link to="/new">New</Link></nav>\n`,
      'client/src/ui/TopBar.tsx': `export const TopBar = () => <div>${LINKS}</div>\n`,
    })

    expect(found?.value.file).toBe('client/src/ui/TopBar.tsx')
  })

  it('is the list of objects that it is made of, where that is a file of its own', async () => {
    const found = await navigationOf({
      'client/src/App.tsx': `${APP}import { navLinks } from './nav-links'\nexport const App = () => <><nav>{navLinks.map(show)}</nav>${ROUTES}</>\n`,
      'client/src/nav-links.ts':
        "export const navLinks = [{ to: '/songs', label: 'Songs' }, { to: '/bands', label: 'Bands' }]\n",
    })

    expect(found?.value.file).toBe('client/src/nav-links.ts')
  })

  it('is the file of the routes, where that has it', async () => {
    const found = await navigationOf({
      'client/src/App.tsx': `${APP}export const App = () => <><nav>${LINKS}</nav>${ROUTES}</>\n`,
    })

    expect(found?.value.file).toBe('client/src/App.tsx')
  })

  it('is nowhere in an app without any', async () => {
    const found = await navigationOf({
      'client/src/App.tsx': `${APP}export const App = () => <main>${ROUTES}</main>\n`,
    })

    expect(found).toBeNull()
  })

  it('has links by <a> where the app has no router', async () => {
    const found = await navigationOf(
      { 'client/src/App.tsx': 'export const App = () => <nav><a href="/songs">Songs</a></nav>\n' },
      { 'react-router-dom': '6' },
    )

    expect(found?.value).toEqual({ file: 'client/src/App.tsx', linkFrom: null })
  })
})

describe('pages that billing leads to', () => {
  const app = (routes: string): Files => ({
    'client/src/App.tsx': `${APP}export const App = () => <Routes>${routes}</Routes>\n`,
  })

  it.each([
    ['<Route path="/login" element={<Login />} />', '/login'],
    ['<Route path="auth"><Route path="sign-in" element={<SignIn />} /></Route>', '/sign-in'],
    [
      '<Route path="/" element={user ? <Home /> : <Navigate to="/account/signin" />} />',
      '/account/signin',
    ],
    ['<Route path="/register" element={<Register />} />', '/register'],
    ['<Route path="/home" loader={() => fetch("/api/login")} />', undefined],
  ])('%s has people sign in at %s', async (routes, path) => {
    expect((await clientOf(app(routes)))?.signIn?.value).toBe(path)
  })

  it('are where the app says so most often', async () => {
    const found = await clientOf(
      app(
        '<Route path="/auth/login" /><Route path="/admin/login" /><Link to="/auth/login">Log in</Link>',
      ),
    )

    expect(found?.signIn).toEqual({
      value: '/auth/login',
      source: 'detected',
      evidence: [{ file: 'client/src/App.tsx', line: 2 }],
    })
  })

  it('are the one to contact its people by too', async () => {
    const found = await clientOf(app('<Route path="/contact-us" element={<Contact />} />'))

    expect(found?.contact?.value).toBe('/contact-us')
  })
})
