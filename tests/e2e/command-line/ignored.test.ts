import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { commitAll, gitIn } from '../../support/git.js'
import { hostCopy, runCli } from '../../support/host-copy.js'

const REQUEST = ['Pro $29/mo', '--yes', '--no-install', '--no-verify', '--json']

describe('in a repository that ignores where files of ours belong', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    await commitAll(host)
  })
  afterEach(() => discard(host))

  const git = (...args: string[]) => gitIn(host)(...args)

  async function ignore(file: string, rules: string): Promise<void> {
    await mkdir(dirname(join(host, file)), { recursive: true })
    await appendFile(join(host, file), rules)
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'Ignore')
  }

  async function integrate(): Promise<Result> {
    const run = await runCli(host, REQUEST)
    expect(run.exitCode).toBe(8)
    return run.events().at(-1) as unknown as Result
  }

  /** Does what the steps say, and gives the created files that git still leaves out. */
  async function leftOutAfter({ manualSteps, changes }: Result): Promise<string[]> {
    for (const { file, snippet } of manualSteps)
      await appendFile(join(host, file), `\n${snippet}\n`)
    await git('add', '--all')
    const { stdout } = await git('ls-files')
    const tracked = new Set(stdout.split('\n'))
    return changes.map(({ path }) => path).filter((path) => !tracked.has(path))
  }

  test('names each file and rule, and says what to write so that git takes in these alone', async () => {
    await ignore('.gitignore', '\nconfig/\n*.sql\ndocs/\n')
    const result = await integrate()
    expect(result.status).toBe('manual')
    expect(result.manualSteps).toHaveLength(1)
    const [step] = result.manualSteps
    expect(step?.file).toBe('.gitignore')
    for (const part of [
      'server/config/polar.config.ts',
      '_add-billing-tables.sql',
      'docs/billing/',
    ]) {
      expect(step?.reason).toContain(part)
    }
    expect(step?.reason).toMatch(/config\/ \(\.gitignore:\d+\)/)
    expect(step?.reason).not.toContain('.env')

    // It is still to be done, and so a second run says it again.
    expect((await integrate()).manualSteps).toEqual(result.manualSteps)
    await writeFile(join(host, 'server/config/local.json'), '{}')
    await writeFile(join(host, 'docs/notes.md'), 'mine')
    await writeFile(join(host, 'dump.sql'), 'mine')
    expect(await leftOutAfter(result)).toEqual([])
    const { stdout } = await git('ls-files')
    expect(stdout).not.toMatch(/local\.json|docs\/notes\.md|dump\.sql/)
  })

  test('changes the rules where they stand, below the root too', async () => {
    await ignore('server/.gitignore', 'config\n')
    const result = await integrate()
    expect(result.manualSteps.map(({ file }) => file)).toEqual(['server/.gitignore'])
    expect(await leftOutAfter(result)).toEqual([])
  })

  test('knows the rules that are the user’s own', async () => {
    await mkdir(join(host, '.git/info'), { recursive: true })
    await writeFile(join(host, '.git/info/exclude'), '*.config.ts\n')
    const result = await integrate()
    expect(result.manualSteps).toMatchObject([
      { file: '.gitignore', snippet: '!/server/config/polar.config.ts' },
    ])
    expect(await leftOutAfter(result)).toEqual([])
  })

  test('says it before anything is written, and nothing where nothing of ours is ignored', async () => {
    const plan = async (): Promise<Result> => {
      const run = await runCli(host, ['plan', 'Pro $29/mo', '--json'])
      expect(run.exitCode).toBe(0)
      return run.events().at(-1) as unknown as Result
    }
    expect((await plan()).manualSteps).toEqual([])
    await ignore('.gitignore', '\nconfig/\n!server/config/\n')
    expect((await plan()).manualSteps).toEqual([])
    await ignore('.gitignore', '\nmiddleware/\n')
    expect((await plan()).manualSteps).toMatchObject([{ file: '.gitignore' }])
  })
})
