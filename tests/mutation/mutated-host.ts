import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Result } from '../../src/types.js'
import { addDeepSuite } from '../deep/suite.js'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { editsOf } from './code-mutants.js'
import { describeEdit, type Mutant } from './mutant.js'

/** The generated code whose tests are put to the test. Scripts are left to the tests of this project. */
const FOLDERS =
  /^server\/(?:billing|config|controllers|middleware|models|routes|services|webhooks)\//

export interface MutatedHost {
  root: string
  /** Generated server files that are mutated, and the generated tests. */
  sources: string[]
  tests: string[]
}

/** Whose tests are to notice the faults: the owner's alone, or those and the deep suite. */
export type Suite = 'owner' | 'both'

/** A copy of the fixture host with billing in it. */
export async function generatedHost(suite: Suite): Promise<MutatedHost> {
  const root = await hostCopy()
  const run = await runCli(root, [REQUEST, '--yes', '--json', '--no-verify'])
  if (run.exitCode !== 0) {
    await discard(root)
    throw new Error(`The host was not generated:\n${run.stdout}\n${run.stderr}`)
  }
  const result = run.events().at(-1) as unknown as Result
  const deep = suite === 'owner' ? [] : addDeepSuite(root, result)
  const made = result.changes.filter(({ action }) => action === 'create').map(({ path }) => path)
  await writeFile(join(root, CONFIG), ORDERED_RUN)
  await writeFile(join(root, REACH_SETUP), NOTES_BY_TEST_FILE)
  return {
    root,
    sources: made.filter((path) => FOLDERS.test(path)).sort(),
    tests: [...made, ...deep].filter((path) => path.endsWith('.test.ts')).sort(),
  }
}

export async function copyOf(host: MutatedHost, name: string): Promise<MutatedHost> {
  const root = `${host.root}-${name}`
  await execa('cp', ['-a', host.root, root])
  return { ...host, root }
}

export async function mutantsOf(host: MutatedHost): Promise<Mutant[]> {
  const mutants: Mutant[] = []
  for (const file of host.sources) {
    const source = await readFile(join(host.root, file), 'utf8')
    mutants.push(...editsOf(source).map((edit) => describeEdit(file, source, edit)))
  }
  return mutants
}

export const CONFIG = 'vitest.mutants.config.ts'
const REACH_SETUP = 'vitest.reach.setup.ts'

/** One test file after the other, in the order that TEST_ORDER names. */
const ORDERED_RUN = `import { relative } from 'node:path'
import { mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import own from './vitest.config.js'

const order = (process.env.TEST_ORDER ?? '').split(',')
const rank = ({ moduleId }: TestSpecification) => order.indexOf(relative(process.cwd(), moduleId))

class GivenOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.sort((a, b) => rank(a) - rank(b))
  }
}

export default mergeConfig(own, {
  test: {
    sequence: { sequencer: GivenOrder },
    setupFiles: process.env.REACH_FOLDER ? ['${REACH_SETUP}'] : [],
    maxWorkers: 1,
    fileParallelism: false,
  },
})
`

const NOTES_BY_TEST_FILE = `import { join, relative } from 'node:path'
import { expect } from 'vitest'

const file = relative(process.cwd(), expect.getState().testPath ?? '')
process.env.REACH_FILE = join(process.env.REACH_FOLDER ?? '', encodeURIComponent(file))
`
