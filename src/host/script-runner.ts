import { posix } from 'node:path'
import type { Found, ScriptRunner } from '../types.js'
import type { DetectionContext } from './context.js'
import { writtenOut } from './nodemon.js'

/** What is taken where no script of the host's shows how it starts its server. */
function usual(entry: string): Found<ScriptRunner> {
  return { value: { command: plainRunner(entry), built: null }, source: 'assumed', evidence: [] }
}

const COMPILING_RUNNERS = /^(tsx|ts-node|ts-node-esm|bun|swc-node|babel-node)$/
/** They restart a program: the one behind their flag, or the file by a runner of their own. */
const RESTARTERS = /^(nodemon|ts-node-dev|tsnd|node-dev)$/
/** They run the commands that they are given as words. */
const STARTERS = /^(concurrently|conc)$/
/** A longer command is not read. */
const LONGEST_COMMAND = 1_000
const SHELL_WORDS = /(?:[^\s"']|"[^"]*"|'[^']*')+/g
const WATCHING = /^(watch|--watch(-path(=.*)?|-preserve-output)?|--inspect(-brk)?(=.*)?)$/
const PRELOADING = /^(-r|--(require|import|env-file(-if-exists)?)(=.*)?)$/
const TYPESCRIPT_LOADERS = /(tsx|ts-node|swc)/

/**
 * How the host starts a TypeScript file from package.json, and a file that its build has made.
 *
 * @param entryFile the module that starts the server
 * @param script name of the script that starts it in development
 */
export function scriptRunner(
  context: DetectionContext,
  entryFile: string,
  script: string | null,
): Found<ScriptRunner> {
  const { manifest } = context
  const entry = posix.relative(manifest.dir, entryFile)
  const command = script === null ? null : commandOf(startOf(context, script), entry)
  const built = builtForm(manifest.scripts, entry)
  if (command === null && built === null) return usual(entry)
  const evidence = [manifest.evidence(script ?? '')]
  return { value: { command, built }, source: 'detected', evidence }
}

function startOf(context: DetectionContext, script: string): string {
  return writtenOut(context, context.manifest.scripts.get(script) ?? '')
}

/** The words before the file that a command runs, without what watches or debugs. */
function commandOf(script: string, entry: string): string | null {
  if (script.length > LONGEST_COMMAND) return null
  const parts = script.split(/\s*(?:&&|\|\||;|(?<!&)&(?!&))\s*/).map(wordsOf)
  for (const words of parts) {
    const file = words.findIndex((word) => isFile(word, entry))
    if (file !== -1) return runnerOf(words, file, plainRunner(entry))
    const quoted = words
      .map(unquoted)
      .find((word) => wordsOf(word).some((each) => isFile(each, entry)))
    if (quoted === undefined) continue
    const around = words.findIndex((word) => RESTARTERS.test(word) || STARTERS.test(word))
    const inner = around === -1 ? null : commandOf(quoted, entry)
    return inner === null ? null : [...words.slice(0, around), inner].join(' ')
  }
  return null
}

/** What runs a file of the kind without more. */
function plainRunner(entry: string): 'tsx' | 'node' {
  return /\.[cm]?ts$/.test(entry) ? 'tsx' : 'node'
}

/** @param file index of the file among the words */
function runnerOf(words: string[], file: number, plain: 'tsx' | 'node'): string | null {
  const before = words.slice(0, file).filter((word) => !WATCHING.test(word))
  const restarter = before.findIndex((word) => RESTARTERS.test(word))
  if (restarter !== -1) {
    const options = before.slice(restarter + 1)
    const flag = options.findIndex((word) => /^(--exec|-x)$/.test(word))
    const run = flag === -1 ? [plain, ...preloads(options)] : [unquoted(options[flag + 1] ?? '')]
    return [...before.slice(0, restarter), ...run].join(' ')
  }
  // Plain Node runs TypeScript only with a loader, or with what it strips by itself.
  const isRunner = before.some((word) => COMPILING_RUNNERS.test(word))
  const isLoaded = /(--import|--loader|--require|-r)[= ]+\S*(tsx|ts-node|swc)/.test(
    before.join(' '),
  )
  const isStripped = /\.m?ts$/.test(words[file] ?? '') && before.includes('node')
  const isPlain = plain === 'node' && before.includes('node')
  if (!isRunner && !isLoaded && !isStripped && !isPlain) return null
  return before.filter((word) => word !== 'NODE_ENV=production').join(' ')
}

/** The options that load something before the file, such as `-r dotenv/config`. */
function preloads(options: string[]): string[] {
  return options.flatMap((word, at) => {
    if (!PRELOADING.test(word)) return []
    const whole = word.includes('=') ? [word] : [word, options[at + 1] ?? '']
    return TYPESCRIPT_LOADERS.test(whole.join(' ')) ? [] : whole
  })
}

function wordsOf(command: string): string[] {
  return command.match(SHELL_WORDS) ?? []
}

function unquoted(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, '$2')
}

function isFile(word: string, entry: string): boolean {
  const path = posix.normalize(unquoted(word))
  return path === entry || path === entry.replace(/\.[cm]?[jt]s$/, '')
}

/** How `npm start` runs what a compiler has built; null where the server is started otherwise. */
function builtForm(scripts: Map<string, string>, entry: string): ScriptRunner['built'] {
  const compiles = [...scripts.values()].some(
    (each) => /\b(tsc|babel|swc)\b/.test(each) && !each.includes('--noEmit'),
  )
  if (!compiles) return null
  for (const name of ['start:prod', 'start', 'serve']) {
    const script = scripts.get(name) ?? ''
    const words = script.length > LONGEST_COMMAND ? [] : wordsOf(script)
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
