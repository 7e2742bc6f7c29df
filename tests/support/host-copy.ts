import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHash } from 'node:crypto'
import { execa } from 'execa'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
export const fixtureHost = fixture('express-pg-react')
export const executable = join(projectRoot, 'bin/integrate-polar.js')

export const REQUEST =
  'add Polar.sh subscription billing with 3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)'

/**
 * A copy of a fixture host in a folder of its own, with its packages installed.
 * They are installed once per lock file and copied from there.
 */
export async function hostCopy(options: { packages?: boolean; of?: string } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-host-'))
  const source = fixture(options.of ?? 'express-pg-react')
  // How the fixture is run is for the tests alone.
  const isFacts = (path: string): boolean => path.endsWith('/.host.json')
  await cp(source, folder, { recursive: true, filter: (path) => !isFacts(path) })
  if (options.packages !== false) {
    const installed = await installedPackages(source)
    await execa('cp', ['-a', join(installed, 'node_modules'), join(folder, 'node_modules')])
  }
  return folder
}

async function installedPackages(source: string): Promise<string> {
  const lock = await readFile(join(source, 'package-lock.json'))
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 16)
  const folder = join(tmpdir(), `integrate-polar-packages-${key}`)
  const ready = join(folder, '.ready')
  if (existsSync(ready)) return folder
  await rm(folder, { recursive: true, force: true })
  await cp(source, folder, { recursive: true })
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder })
  await writeFile(ready, '')
  return folder
}

export interface CliRun {
  exitCode: number
  stdout: string
  stderr: string
  /** The lines of standard output, parsed; throws when one is not JSON. */
  events(): Record<string, unknown>[]
}

/** Runs the built command without a terminal. */
export async function runCli(cwd: string, args: string[], env = {}): Promise<CliRun> {
  const result = await execa(process.execPath, [executable, ...args], {
    cwd,
    env,
    reject: false,
    stdin: 'ignore',
  })
  return {
    exitCode: result.exitCode ?? -1,
    stdout: result.stdout,
    stderr: result.stderr,
    events: () =>
      result.stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}

function fixture(name: string): string {
  return join(projectRoot, 'fixtures/hosts', name)
}
