import type { Evidence, TestsProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import { isInside, joinPath } from '../../host/host-files.js'
import { isOwnTest } from '../../host/own-files.js'
import { lineCounter } from '../../host/text.js'
import type { TestsStack } from './stack.js'
import { vitest } from './vitest/index.js'

/** A new test runner is one line here. */
export const testStacks: readonly TestsStack[] = [vitest]

const TEST_FILE = /\.(test|spec)\.[cm]?[jt]sx?$/
const CONFIGS = ['vitest.config', 'vite.config'].flatMap((name) =>
  ['ts', 'mts', 'js', 'mjs'].map((ending) => `${name}.${ending}`),
)

/** Runners that are recognised only to say that they are not supported, by what shows them. */
const NOT_SUPPORTED: readonly { name: string; inScript: RegExp; package?: string }[] = [
  { name: 'Jest', inScript: /\bjest\b/, package: 'jest' },
  { name: 'Mocha', inScript: /\bmocha\b/, package: 'mocha' },
  { name: "Node's own test runner", inScript: /--test\b/ },
]

/**
 * How the host's tests are run, and where one for the server belongs. A host without any gets
 * Vitest for billing's tests. Null when it was reported that its runner is not supported.
 */
export function detectTests(context: DetectionContext, serverDir: string): TestsProfile | null {
  const { manifest } = context
  const names = ['test', 'test:unit', 'test:server', 'tests']
  const script = names.find((name) => manifest.scripts.has(name)) ?? null
  const command = script === null ? '' : (manifest.scripts.get(script) ?? '')
  const runner = runnerOf(context, command)
  if (runner === null) return null
  const isHosts = runner.source === 'detected'
  return { runner, dir: testsFolder(context, serverDir), script: isHosts ? script : null }
}

function runnerOf(context: DetectionContext, command: string): TestsProfile['runner'] | null {
  const { manifest } = context
  const named = NOT_SUPPORTED.find(({ inScript }) => inScript.test(command))
  if (!named && (/\bvitest\b/.test(command) || manifest.has('vitest'))) {
    return { value: 'vitest', source: 'detected', evidence: [manifest.evidence('vitest')] }
  }
  const other = named ?? NOT_SUPPORTED.find((one) => one.package && manifest.has(one.package))
  if (other) {
    return context.report({
      code: 'tests_not_supported',
      message: `The tests run with ${other.name}, which is not supported yet.`,
      hint: "Billing's tests run under Vitest so far.",
      evidence: [manifest.evidence(named ? 'test' : (other.package ?? 'test'))],
    })
  }
  const reason = "there is no test runner, and billing's tests need one; it is added"
  return context.assume('host.tests.runner', 'vitest' as const, 'vitest', reason)
}

/** Where a test for the server is found by the runner, beside the host's own where it has some. */
function testsFolder(context: DetectionContext, serverDir: string): TestsProfile['dir'] {
  const { files } = context
  const usual = ['src', 'server'].map((base) => context.path(base))
  const bases = [...new Set([context.dir, serverDir, ...usual])]
  const folders = bases.flatMap((base) =>
    ['tests', 'test', '__tests__'].map((name) => joinPath(base, name)),
  )
  const included = includedFolders(context)
  const isIncluded = (folder: string) =>
    included.length === 0 || included.some(({ base }) => isInside(folder, base))
  const present = folders.find((folder) => isIncluded(folder) && hasTests(context, folder))
  if (present !== undefined) {
    const first = files.filesIn(present).find(isHostTest)
    const evidence = first === undefined ? [] : [{ file: joinPath(present, first), line: 1 }]
    return { value: present, source: 'detected', evidence }
  }
  const [include] = included
  if (include) {
    // `tests/**` names the folder itself; `src/**` a folder to have one in.
    const isTests = /(^|\/)(tests?|__tests__)$/.test(include.base)
    const value = isTests ? include.base : joinPath(include.base, 'tests')
    return { value, source: 'detected', evidence: [include.evidence] }
  }
  return { value: context.path('tests'), source: 'assumed', evidence: [] }
}

/** Tests of the host's own: those that this tool makes lie in folders below. */
function hasTests({ files }: DetectionContext, folder: string): boolean {
  return ['', ...files.foldersIn(folder)].some((below) =>
    files.filesIn(joinPath(folder, below)).some((name) => isHostTest(joinPath(below, name))),
  )
}

/** The fixed beginnings of the patterns that Vitest is told to take tests from. */
function includedFolders(context: DetectionContext): { base: string; evidence: Evidence }[] {
  const { files } = context
  const config = files.firstFile(CONFIGS.map((name) => context.path(name)))
  const text = config === null ? '' : (files.read(config) ?? '')
  const list = includeList(text)
  if (config === null || !list) return []
  const line = lineCounter(text)(list.end)
  const patterns = [...list.text.matchAll(/["'`]([^"'`]+)["'`]/g)].map((match) => match[1] ?? '')
  return patterns.flatMap((pattern) => {
    const fixed = pattern.replace(/^\.\//, '').split('/')
    const end = fixed.findIndex((part) => /[*{?[(]/.test(part))
    const base = context.path(fixed.slice(0, end === -1 ? -1 : end).join('/'))
    return base === context.dir || base.includes('..')
      ? []
      : [{ base, evidence: { file: config, line } }]
  })
}

/** What stands in the brackets of `include` within `test`, and where it ends. */
function includeList(text: string): { text: string; end: number } | null {
  const settings = /\btest\s*:\s*\{/.exec(text)
  if (!settings) return null
  // Step by step: in one pattern each further `test: {` would search the rest of the file again.
  const include = /\binclude\s*:\s*\[/g
  include.lastIndex = settings.index + settings[0].length
  if (!include.test(text)) return null
  const start = include.lastIndex
  const end = text.indexOf(']', start)
  return end === -1 ? null : { text: text.slice(start, end), end }
}

/** @param path below the folder of the tests */
function isHostTest(path: string): boolean {
  return TEST_FILE.test(path) && !isOwnTest(path)
}
