import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { commitAll, gitIn } from '../../support/git.js'
import { hostCopy, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

describe('in a git repository', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    await commitAll(host)
  })
  afterEach(() => discard(host))

  const git = (...args: string[]) => gitIn(host)(...args)

  async function plan(env = {}, cwd = host): Promise<Result> {
    const run = await runCli(cwd, ['plan', 'Pro $29/mo', '--json'], env)
    expect(run.stderr).toBe('')
    expect(run.exitCode).toBe(0)
    const result = run.events().at(-1) as unknown as Result
    const warnings = run.events().filter(({ type }) => type === 'warning')
    expect(warnings).toEqual(result.warnings.map((one) => ({ type: 'warning', ...one })))
    return result
  }

  test('says nothing when all is committed', async () => {
    expect((await plan()).warnings).toEqual([])
  })

  test('names what is not committed, and how much it is', async () => {
    await writeFile(join(host, 'server/db.ts'), '\n', { flag: 'a' })
    await git('rm', '--quiet', '--cached', 'README.md').catch(() => null)
    for (const name of ['a', 'b', 'c', 'd', 'e']) await writeFile(join(host, `new-${name}.txt`), '')
    await writeFile(join(host, '.env'), 'IGNORED=1')
    const before = snapshot(host)
    const { warnings } = await plan()
    expect(warnings).toMatchObject([{ code: 'uncommitted_changes' }])
    expect(warnings[0]?.message).toMatch(/^\d files are not committed: .*server\/db\.ts/)
    expect(warnings[0]?.message).toMatch(/and \d more\.$/)
    expect(warnings[0]?.message).not.toContain('.env,')
    expect(differences(before, snapshot(host))).toEqual([])
    const people = await runCli(host, ['plan', 'Pro $29/mo'])
    expect(people.stdout).toContain('server/db.ts')
    expect(people.stdout.indexOf('not committed')).toBeLessThan(people.stdout.indexOf('as read'))
  })

  test('names what is not committed before it writes', async () => {
    await writeFile(join(host, 'server/db.ts'), '\n', { flag: 'a' })
    const args = ['Pro $29/mo', '--yes', '--no-install', '--no-verify', '--json']
    const run = await runCli(host, args)
    expect(run.exitCode).toBe(0)
    const kinds = run.events().map(({ type, name }) => name ?? type)
    expect(kinds.indexOf('warning')).toBeGreaterThan(0)
    expect(kinds.indexOf('warning')).toBeLessThan(kinds.indexOf('implementation'))
  })

  test('is not fooled by git variables, and goes without git', async () => {
    await writeFile(join(host, 'server/db.ts'), '\n', { flag: 'a' })
    const elsewhere = await plan({ GIT_DIR: '/no/such/folder', GIT_WORK_TREE: '/' })
    expect(elsewhere.warnings[0]?.message).toContain('server/db.ts')
    expect((await plan({ PATH: '/no/such/folder' })).warnings).toEqual([])
    await writeFile(join(host, '.git/HEAD'), 'nonsense')
    expect((await plan()).warnings).toEqual([])
  })

  test('finds the root from a folder inside it, and names it', async () => {
    const result = await plan({}, join(host, 'server/routes'))
    expect(result.host?.root).toBe(host)
    expect(result.assumptions).toContainEqual(
      expect.objectContaining({ field: 'host.root', value: host }),
    )
    const people = await runCli(join(host, 'server/routes'), ['plan', 'Pro $29/mo'])
    expect(people.stdout).toContain(`Repository: ${host}\n`)
  })

  test('runs nothing that the repository brings', async () => {
    const marks = join(host, '.git/marks')
    await mkdir(marks)
    const mark = (name: string): string => `touch ${marks}/${name}; cat`
    const nested = '[filter "included"]\n\tclean = "' + mark('included') + '"\n'
    await writeFile(join(host, '.git/more'), nested)
    await writeFile(
      join(host, '.git/config'),
      [
        '[core]',
        `\tfsmonitor = "${mark('fsmonitor')}"`,
        `\thooksPath = .git/forged-hooks`,
        `\tpager = "${mark('pager')}"`,
        `\tsshCommand = "${mark('ssh')}"`,
        '[pager]\n\tstatus = true',
        ...['forged', 'Upper Case', 'a.b'].flatMap((name, index) => [
          `[filter "${name}"]`,
          `\tclean = "${mark(`clean-${index}`)}"`,
          `\tsmudge = "${mark(`smudge-${index}`)}"`,
        ]),
        '[filter "process"]',
        `\tprocess = "${mark('process')}"`,
        '\trequired = true',
        '[diff "forged"]',
        `\ttextconv = "${mark('textconv')}"`,
        `\tcommand = "${mark('diff')}"`,
        `[diff]\n\texternal = "${mark('external')}"`,
        '[include]\n\tpath = more',
        '',
      ].join('\n'),
      { flag: 'a' },
    )
    await mkdir(join(host, '.git/forged-hooks'))
    for (const folder of ['hooks', 'forged-hooks']) {
      const hook = join(host, '.git', folder, 'post-index-change')
      await mkdir(join(hook, '..'), { recursive: true })
      await writeFile(hook, `#!/bin/sh\ntouch ${marks}/hook-${folder}\n`)
      await chmod(hook, 0o755)
    }
    await writeFile(
      join(host, '.gitattributes'),
      '*.ts filter=forged diff=forged\n*.tsx filter=process\n*.json filter=included\n',
    )
    for (const file of ['server/db.ts', 'client/src/App.tsx', 'tsconfig.json']) {
      await writeFile(join(host, file), '\n', { flag: 'a' })
    }
    // What npx puts in front of PATH when the repository has it.
    const bin = join(host, 'node_modules/.bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'git'), `#!/bin/sh\ntouch ${marks}/bin\n`)
    await chmod(join(bin, 'git'), 0o755)

    const result = await plan({ PATH: `${bin}:${process.env['PATH']}` })
    expect(result.warnings[0]?.message).toContain('server/db.ts')
    expect(await readdir(marks)).toEqual([])

    // The traps are live: a plain `git status` steps into them.
    await execa('git', ['status'], { cwd: host, reject: false })
    expect(await readdir(marks)).toContain('fsmonitor')
    await execa('git', ['-c', 'core.fsmonitor=false', 'status'], { cwd: host, reject: false })
    const sprung = await readdir(marks)
    expect(sprung).toEqual(expect.arrayContaining(['clean-0', 'process']))
  })
})
