import { posix } from 'node:path'
import type { Found, ServerProfile } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { isInside, joinPath } from '../../../../host/host-files.js'
import { detectPackage } from '../../../../host/package-profile.js'
import { packageVersion, versionWords, type Version } from '../../../../host/package-version.js'
import { nearest } from '../../../../host/source/import-graph.js'
import { enumerate } from '../../../../host/text.js'
import { entryPoints, sourceFolder, type EntryPoint } from '../../../../host/entry-points.js'
import {
  enclosingFunction,
  exportedApp,
  expressAppsIn,
  expressCallsIn,
  type ExpressApp,
} from './express-app.js'
import { apiRoutes } from './api-routes.js'
import { completionsOf, siteOfRouters, type MountingSite } from './completion.js'
import { countedMeters } from './counted-meters.js'
import { errorBodyOf } from './error-body.js'
import { detectLogger } from '../../../../host/logger.js'
import { serverFolders } from './folders.js'
import { detectLogin } from './login.js'
import { loginNeeds, readsHeaderOnly } from './login-needs.js'
import { requestLimits } from './request-limits.js'
import { routerSite, type Site } from './router-site.js'
import { detectMailer } from '../../../../host/mailer.js'
import { mountCalls, toMounts, type MountCall } from './mounts.js'
import type { DetectedServer } from '../../stack.js'
import { scriptRunner } from '../../../../host/script-runner.js'

interface FoundApp {
  app: ExpressApp
  entry: EntryPoint
}

/** The app, what is mounted on it, and what its code brings along: login, logger, mailer. */
export function detectExpress(context: DetectionContext): DetectedServer | null {
  const { sources, manifest, overrides } = context
  if (overrides.serverDir !== undefined && !context.files.isFolder(joinPath(overrides.serverDir))) {
    return context.report({
      code: 'server_dir_not_found',
      message: `There is no folder ${overrides.serverDir}.`,
      hint: "--server-dir takes the folder of the server's source, relative to the root.",
      evidence: [],
      flag: '--server-dir',
    })
  }
  const found = findApp(context)
  if (!found) return null
  const version = packageVersion(context, 'express', 5)
  if (isTooOld(version)) return tooOld(context, version)
  const { app, entry } = found
  const own = { ...siteOf(sources, app), calls: appCalls(sources, app) }
  const completions = completionsOf(sources, app, entry.file)
  const calls = [own, ...completions].flatMap((site) => site.calls)
  const site = siteOfRouters(sources, own, completions)
  const entries = [...new Set([app.file, entry.file])]
  const importers = [...new Set([...entries, routerSite(sources, site, null).file])]
  const login = detectLogin(context, calls, importers)
  const evidence = [sources.evidence(app.file, app.node)]
  const dir = dirOf(context, found)
  const profile: ServerProfile = {
    package: detectPackage(context, entries),
    stack: stackOf(context),
    major: version.major,
    dir,
    folders: serverFolders(context, dir.value),
    app: {
      value: {
        file: app.file,
        variable: app.variable,
        exported: exportOf(context, app, completions),
      },
      source: 'detected',
      evidence,
    },
    api: routerSite(sources, site, login.place),
    mounts: toMounts(sources, calls, login.place),
    limits: requestLimits(sources, calls, login.place),
    routes: [],
    counted: [],
    login: login.found,
    loginNeeds: login.found ? loginNeeds(sources, calls, login.place) : [],
    loginInHeader: login.found !== null && readsHeaderOnly(sources, login.place),
    errorBody: errorBodyOf(sources, entries),
    logger: detectLogger(context, entries),
    mailer: detectMailer(context, entries),
    startScript: entry.script ?? (manifest.scripts.has('dev') ? 'dev' : null),
    scripts: scriptRunner(context, entry.file, entry.script),
    start: startModule(context, found),
  }
  const routes = (): ReturnType<DetectedServer['routes']> => ({
    routes: apiRoutes(sources, calls, login.place),
    counted: countedMeters(sources, entries),
  })
  return { profile, entries, routes }
}

const BABEL = ['@babel/node', '@babel/register', '@babel/cli']

/**
 * An app that is only complete after another module has mounted things is not to be had; nor is
 * one of which Babel makes modules that import otherwise than others do.
 */
function exportOf(
  { sources, manifest }: DetectionContext,
  app: ExpressApp,
  completions: MountingSite[],
) {
  if (BABEL.some((name) => manifest.has(name))) return null
  return completions.length > 0 ? null : exportedApp(sources, app)
}

/** Where the server starts to listen: the nearest module to its entry that does so. */
function startModule({ sources }: DetectionContext, { app, entry }: FoundApp): string {
  const [file] = nearest(sources, {
    from: [entry.file],
    maxFiles: 40,
    matches: (file, text) => text.includes('.listen') && listens(sources, file),
  })
  return file ?? (listens(sources, app.file) ? app.file : entry.file)
}

/** What is only written in a comment starts nothing. */
function listens(sources: DetectionContext['sources'], file: string): boolean {
  const { ts } = sources
  const source = sources.parse(file)
  let found = false
  if (source) {
    sources.walk(source, (node) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
      if (node.expression.name.text === 'listen') found = true
    })
  }
  return found
}

function stackOf({ manifest, overrides }: DetectionContext): Found<string> {
  if (overrides.server !== undefined) return { value: 'express', source: 'flag', evidence: [] }
  return { value: 'express', source: 'detected', evidence: [manifest.evidence('express')] }
}

/** `express.raw`, which the webhook is received with, came with 4.17. */
function isTooOld({ major, minor }: Version): boolean {
  return major < 4 || (major === 4 && minor < 17)
}

function tooOld(context: DetectionContext, version: Version): null {
  return context.report({
    code: 'express_too_old',
    message: `The server runs on Express ${versionWords(version)}; billing needs 4.17 or later.`,
    hint: 'Update Express first: 4.17 and later run what was written for 4.0.',
    evidence: [context.manifest.evidence('express')],
  })
}

function dirOf(context: DetectionContext, { app, entry }: FoundApp): Found<string> {
  const flag = context.overrides.serverDir
  if (flag !== undefined) return { value: joinPath(flag), source: 'flag', evidence: [] }
  const evidence = [context.sources.evidence(app.file, app.node)]
  return { value: sourceFolder(context, app.file, entry.file), source: 'detected', evidence }
}

/** The one app of the host, or a problem. */
function findApp(context: DetectionContext): FoundApp | null {
  const { sources, overrides } = context
  const seen = new Set<string>()
  const apps: FoundApp[] = []
  const entries = entryPoints(context)
  for (const entry of entries) {
    // What only goes by its name counts where no script leads to an app.
    if (entry.script === null && apps.length > 0) break
    const files = nearest(sources, {
      from: [entry.file],
      seen,
      matches: (file, text) => text.includes('express') && expressAppsIn(sources, file).length > 0,
    })
    apps.push(
      ...files.flatMap((file) => expressAppsIn(sources, file)).map((app) => ({ app, entry })),
    )
  }
  const folder = overrides.serverDir
  const within =
    folder === undefined ? apps : apps.filter(({ app }) => isInside(app.file, joinPath(folder)))
  const whole = within.length > 1 ? withoutParts(context, within) : within
  if (whole.length > 1) return ambiguous(context, whole)
  return whole[0] ?? withoutApp(context, entries)
}

/** Apps that are mounted on another one, or on which nothing is mounted, are not the host's app. */
function withoutParts({ sources }: DetectionContext, apps: FoundApp[]): FoundApp[] {
  const mounts = apps.map(({ app }) => ({ app, calls: appCalls(sources, app) }))
  const mounted = mounts.flatMap(({ calls }) =>
    calls.flatMap(({ handlers }) => handlers.map((handler) => handler.getText())),
  )
  const kept = apps.filter((found, index) => {
    const isPart = mounted.includes(found.app.variable)
    return !isPart && (mounts[index]?.calls.length ?? 0) > 0
  })
  return kept.length > 0 ? kept : apps
}

function appCalls(sources: DetectionContext['sources'], app: ExpressApp): MountCall[] {
  const { file, scope, variable } = siteOf(sources, app)
  return mountCalls(sources, file, scope, variable)
}

/** The code that has the app: the function that makes it, or the whole module. */
function siteOf(sources: DetectionContext['sources'], { file, variable, node }: ExpressApp): Site {
  const isField = variable.startsWith('this.')
  const scope = (isField ? null : enclosingFunction(sources, node)) ?? node.getSourceFile()
  return { file, scope, variable, setup: null }
}

function ambiguous(context: DetectionContext, apps: FoundApp[]): null {
  const files = [...new Set(apps.map(({ app }) => app.file))]
  const evidence = apps.map(({ app }) => context.sources.evidence(app.file, app.node))
  if (files.length === 1) {
    return context.report({
      code: 'app_ambiguous',
      message: `Several Express apps are made in ${enumerate(files)}.`,
      hint: 'Keep one app in a file, so that it is clear which one serves the API.',
      evidence,
    })
  }
  return context.report({
    code: 'app_ambiguous',
    message: `Several Express apps were found: ${enumerate(files)}.`,
    hint: 'Name the folder of the one that serves the API with --server-dir.',
    evidence,
    flag: '--server-dir',
    choices: [...new Set(files.map((file) => posix.dirname(file)))],
  })
}

/** An app that is made and set up in one expression has nothing that more can be mounted on. */
function withoutApp(context: DetectionContext, entries: EntryPoint[]): null {
  const { sources } = context
  const [file] = nearest(sources, {
    from: entries.map((entry) => entry.file),
    matches: (file, text) => text.includes('express') && expressCallsIn(sources, file).length > 0,
  })
  const [call] = file === undefined ? [] : expressCallsIn(sources, file)
  if (file === undefined || call === undefined) return notFound(context, entries)
  return context.report({
    code: 'app_unnamed',
    message: `The app that ${file} makes with express() has no name that billing can be mounted on.`,
    hint: 'Keep it in a variable, and mount on that: const app = express(), then app.use(…).',
    evidence: [sources.evidence(file, call)],
  })
}

function notFound(context: DetectionContext, entries: EntryPoint[]): null {
  const looked = entries.slice(0, 3).map(({ file }) => file)
  return context.report({
    code: 'app_not_found',
    message: 'No call of express() was found that makes the app.',
    hint:
      looked.length > 0
        ? `Looked from ${enumerate(looked)}; name the folder of the server's source with --server-dir.`
        : "Name the folder of the server's source with --server-dir.",
    evidence: [context.manifest.evidence('express')],
    flag: '--server-dir',
  })
}
