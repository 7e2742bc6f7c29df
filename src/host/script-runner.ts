import { posix } from 'node:path'
import type { Found, ScriptRunner } from '../types.js'
import type { DetectionContext } from './context.js'

/** What is taken where no script of the host's shows how it starts its server. */
const USUAL: Found<ScriptRunner> = {
  value: { command: 'tsx', built: null },
  source: 'assumed',
  evidence: [],
}

const TYPESCRIPT_RUNNERS = /^(tsx|ts-node|ts-node-esm|bun|swc-node)$/
/** They restart another program, whose command they have behind a flag, or none. */
const RESTARTERS = /^(nodemon|ts-node-dev|tsnd|node-dev)$/
/** A longer command is not read. */
const LONGEST_COMMAND = 1_000
const SHELL_WORDS = /(?:[^\s"']|"[^"]*"|'[^']*')+/g
const WATCHING = /^(watch|--watch(-path(=.*)?|-preserve-output)?|--inspect(-brk)?(=.*)?)$/

/**
 * How the host starts a TypeScript file from package.json, and a file that its build has made.
 *
 * @param entry the module that starts the server
 * @param script name of the script that starts it in development
 */
export function scriptRunner(
  { manifest }: DetectionContext,
  entry: string,
  script: string | null,
): Found<ScriptRunner> {
  const development = script === null ? null : commandOf(manifest.scripts.get(script) ?? '', entry)
  const built = builtForm(manifest.scripts, entry)
  if (development === null) return { ...USUAL, value: { ...USUAL.value, built } }
  const evidence = [manifest.evidence(script ?? '')]
  return { value: { command: development, built }, source: 'detected', evidence }
}

/** The words before the file that a command runs, without what watches or debugs. */
function commandOf(script: string, entry: string): string | null {
  if (script.length > LONGEST_COMMAND) return null
  const part = script.split(/\s*(?:&&|\|\||;|(?<!&)&(?!&))\s*/).find((each) => runs(each, entry))
  if (part === undefined) return null
  const words = part.match(SHELL_WORDS) ?? []
  const file = words.findIndex((word) => isFile(word, entry))
  const before = words.slice(0, file).filter((word) => !WATCHING.test(word))
  const restarter = before.findIndex((word) => RESTARTERS.test(word))
  if (restarter !== -1) {
    const flag = before.findIndex((word) => /^(--exec|-x)$/.test(word))
    const run = flag === -1 ? null : before[flag + 1]?.replace(/^(["'])(.*)\1$/, '$2')
    return run ? [...before.slice(0, restarter), run].join(' ') : null
  }
  // Plain Node runs TypeScript only with a loader, or with what it strips by itself.
  const isRunner = before.some((word) => TYPESCRIPT_RUNNERS.test(word))
  const isLoaded = /(--import|--loader|--require|-r)[= ]+\S*(tsx|ts-node|swc)/.test(part)
  const isStripped = /\.m?ts$/.test(words[file] ?? '') && before.includes('node')
  if (!isRunner && !isLoaded && !isStripped) return null
  return before.filter((word) => word !== 'NODE_ENV=production').join(' ')
}

function runs(part: string, entry: string): boolean {
  return (part.match(SHELL_WORDS) ?? []).some((word) => isFile(word, entry))
}

function isFile(word: string, entry: string): boolean {
  const path = posix.normalize(word.replace(/^(["'])(.*)\1$/, '$2'))
  return path === entry || path === entry.replace(/\.[cm]?ts$/, '')
}

/** How `npm start` runs what `tsc` has built; null where the server is started otherwise. */
function builtForm(scripts: Map<string, string>, entry: string): ScriptRunner['built'] {
  const compiles = [...scripts.values()].some(
    (each) => /\btsc\b/.test(each) && !each.includes('--noEmit'),
  )
  if (!compiles) return null
  for (const name of ['start:prod', 'start', 'serve']) {
    const script = scripts.get(name) ?? ''
    const words = script.length > LONGEST_COMMAND ? [] : (script.match(SHELL_WORDS) ?? [])
    const at = words.findIndex((word) => /\.[cm]?js$/.test(word))
    const file = posix.normalize(words[at] ?? '')
    const command = words.slice(0, at).filter((word) => word !== 'NODE_ENV=production')
    const roots = at > 0 && command.includes('node') ? rootsOf(entry, file) : null
    if (roots) return { command: command.join(' '), ...roots }
  }
  return null
}

/** `dist` and `src` for `dist/server/index.js` and `src/server/index.ts`. */
function rootsOf(entry: string, built: string): { from: string; to: string } | null {
  const [source, target] = [entry, built].map((path) =>
    path.replace(/\.[cm]?[jt]s$/, '').split('/'),
  ) as [string[], string[]]
  if (entry === built || source.at(-1) !== target.at(-1)) return null
  while (source.length > 0 && source.at(-1) === target.at(-1)) {
    source.pop()
    target.pop()
  }
  return { from: source.join('/'), to: target.join('/') }
}
