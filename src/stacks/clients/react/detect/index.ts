import type { ClientProfile, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { folderOf, joinPath } from '../../../../host/host-files.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { detectPackage } from '../../../../host/package-profile.js'
import { lineOfText } from '../../../../host/text.js'
import { detectApi } from './api.js'
import { detectCharts } from './charts.js'
import { devAddress } from './dev-address.js'
import { clientEntry, viteConfig, type ClientEntry } from './entry.js'
import { knownPage } from './known-page.js'
import { detectNavigation } from './navigation.js'
import { asksForPropTypes } from './prop-types.js'
import { reactVersion } from './react-version.js'
import { detectRouter } from './router.js'
import { detectMount } from './mount.js'
import { detectSessionHook } from './session-hook.js'
import { detectSession } from './session.js'
import { detectSignInBack } from './sign-in-back.js'
import { detectTheme } from './theme.js'

/** Where the front end starts, its router, how it is styled and what it draws charts with. */
export function detectReact(context: DetectionContext): ClientProfile | null {
  const { manifest, overrides } = context
  // Without react-dom it is there for something else: emails, documents, a terminal.
  if (!manifest.has('react-dom') && overrides.client === undefined) return null
  const entry = clientEntry(context)
  if (!entry) return noEntry(context)
  const router = detectRouter(context, entry)
  const bundler = bundlerOf(context)
  const styling = stylingOf(context, entry)
  const app = appOf(context, entry)
  const shown = shownModules(context, entry)
  const sessionHook = detectSessionHook(context, shown, [entry.file, app])
  const modules = [...(router ? [router.value.file] : []), entry.file]
  return {
    package: detectPackage(context, modules),
    stack: stackOf(context),
    dir: dirOf(context, entry),
    ...reactVersion(context),
    bundler,
    devAddress: devAddress(context, bundler),
    app,
    router,
    styling,
    theme: detectTheme(context, shown, styling.value),
    navigation: detectNavigation(context, router?.value ?? null, [app, entry.file]),
    signIn: knownPage(context, [...modules, app], 'signIn'),
    contact: knownPage(context, [...modules, app], 'contact'),
    sessionHook,
    signInBack: detectSignInBack(context, shown),
    mount: detectMount(context, entry, app, sessionHook?.value.hook ?? null),
    charts: detectCharts(context),
    propTypes: asksForPropTypes(context),
    api: detectApi(context, entry),
    session: detectSession(context, entry),
  }
}

const LIKELY = /App|layout|header|nav|auth|log-?in|sign-?in|session|button|theme|page/i
const MAX_MODULES = 150

/** The modules that make up the pages, those that say something of the whole app first. */
function shownModules({ sources }: DetectionContext, { file }: ClientEntry): string[] {
  return [...reachable(sources, { from: [file], likely: LIKELY, maxFiles: MAX_MODULES })]
}

function noEntry(context: DetectionContext): null {
  return context.report({
    code: 'client_not_found',
    message: 'The start of the React front end was not found.',
    hint: 'Name its source folder with --client-dir, or add billing to the server alone: --client none.',
    evidence: [context.manifest.evidence('react')],
    flag: '--client-dir',
  })
}

const BUNDLERS = ['vite', 'react-scripts', 'parcel', 'webpack']

function bundlerOf(context: DetectionContext): string | null {
  const found = BUNDLERS.find((name) => context.manifest.has(name))
  return found ?? (viteConfig(context) === null ? null : 'vite')
}

/** What the start of the front end renders, by its usual name; else the start itself. */
function appOf({ sources }: DetectionContext, { file }: ClientEntry): string {
  const app = sources.specifiersOf(file).find((each) => /(^|\/)App(\.[jt]sx?)?$/i.test(each))
  return (app === undefined ? null : sources.resolve(file, app)) ?? file
}

function stackOf({ manifest, overrides }: DetectionContext): Found<string> {
  if (overrides.client !== undefined) return { value: 'react', source: 'flag', evidence: [] }
  return { value: 'react', source: 'detected', evidence: [manifest.evidence('react')] }
}

function dirOf({ overrides }: DetectionContext, { file, line }: ClientEntry): Found<string> {
  const flag = overrides.clientDir
  if (flag !== undefined) return { value: joinPath(flag), source: 'flag', evidence: [] }
  return { value: folderOf(file), source: 'detected', evidence: [{ file, line }] }
}

function stylingOf(
  { manifest, files }: DetectionContext,
  { file }: ClientEntry,
): ClientProfile['styling'] {
  const [tailwind] = manifest.packagesMatching(/^(tailwindcss|@tailwindcss\/.+)$/)
  if (tailwind !== undefined) {
    return { value: 'tailwind', source: 'detected', evidence: [manifest.evidence(tailwind)] }
  }
  const line = lineOfText(files.read(file) ?? '', '.css')
  return {
    value: 'css',
    source: line === null ? 'assumed' : 'detected',
    evidence: line === null ? [] : [{ file, line }],
  }
}
