import type { TestsApart, TestsProfile } from '../../../types.js'
import type { DetectionContext } from '../../../host/context.js'
import { joinPath } from '../../../host/host-files.js'
import { compilerOptions } from '../../../host/source/tsconfig.js'
import { isTakenByVitest } from '../vitest/types-of-node.js'
import { oldJest } from '../runners/jest.js'
import { hostRunners } from '../runners/registry.js'
import { compiledBy } from './compiled.js'
import { nodeEnvOf } from './node-env.js'
import type { OwnTestRunner } from './own-runner.js'

/**
 * Where billing's tests lie that have a Vitest run of their own: where neither the host's runner
 * takes them for its own nor its build compiles them.
 *
 * @param usual the folder where there is no other runner
 * @param entries modules that the server starts from
 */
export function testsApart(
  context: DetectionContext,
  own: OwnTestRunner | null,
  usual: TestsProfile['dir'],
  entries: string[],
): { dir: TestsProfile['dir']; apart: TestsApart } {
  const ending = own ? '.vitest' : '.test'
  const folders = own
    ? ['tests/billing', 'billing-tests'].map((folder) => context.path(folder))
    : [usual.value, ...['tests', 'billing-tests'].map((folder) => context.path(folder))]
  const places = folders.map((folder) => ({
    folder,
    collected: own !== null && isCollected(context, own, folder, ending),
    compiledBy: compiledBy(context, folder),
  }))
  const place =
    places.find((one) => !one.collected && one.compiledBy.length === 0) ??
    places.find((one) => !one.collected) ??
    places.at(-1)
  const aliases = hasAliases(context)
  const overridesTypes = !isTakenByVitest(context.manifest.rangeOf('@types/node'))
  const { folder, ...rest } = place ?? { folder: usual.value, compiledBy: [], collected: false }
  const isUsual = own === null && folder === usual.value
  return {
    dir: isUsual ? usual : { value: folder, source: 'assumed', evidence: [] },
    apart: {
      ending,
      ...rest,
      aliases,
      vitest: vitestFor(context),
      nodeEnv: nodeEnvOf(context, entries, own?.command ?? ''),
      overridesTypes,
      oldJest: own?.found.value === 'jest' ? oldJest(context) : null,
    },
  }
}

/** The last that runs on older Vites, and the first that runs on Vite 8. */
function vitestFor({ manifest }: DetectionContext): string {
  const vite = Number(/\d+/.exec(manifest.rangeOf('vite') ?? '')?.[0] ?? 0)
  return vite >= 8 ? '^4.1.0' : '^3.2.0'
}

function isCollected(
  context: DetectionContext,
  { found, command }: OwnTestRunner,
  folder: string,
  ending: TestsApart['ending'],
): boolean {
  const runner = hostRunners.find(({ name }) => name === found.value)
  if (!runner) return false
  const below = context.dir === '' ? folder : folder.slice(context.dir.length + 1)
  return [`integration/billing${ending}`, 'support/billing/app']
    .flatMap((file) => [`${file}.ts`, `${file}.js`])
    .some((file) => runner.collects(context, joinPath(below, file), command))
}

function hasAliases(context: DetectionContext): boolean {
  const { files, sources } = context
  return ['tsconfig.json', 'jsconfig.json'].some((name) => {
    const { options } = compilerOptions(files, sources.ts, context.path(name))
    return 'paths' in options
  })
}
