import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import type { HostFacts } from './facts.js'

/** A package.json of the host and the folder that it stands in. */
export interface HostPackage {
  dir: string
  scripts: Record<string, string>
}

export interface Outcome {
  exitCode: number
  output: string
}

/** Runs a shell command in a folder of the host, as its owner would. */
export async function shell(cwd: string, command: string, env = {}): Promise<Outcome> {
  const result = await execa(command, {
    shell: true,
    cwd,
    env: { VITEST_MAX_WORKERS: '2', ...env },
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: 240_000,
  })
  return { exitCode: result.exitCode ?? -1, output: result.all ?? '' }
}

/** The packages that git knows of, the root's first. */
export async function packagesOf(host: string): Promise<HostPackage[]> {
  const { output } = await shell(host, "git ls-files 'package.json' '*/package.json'")
  return output
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => {
      const { scripts = {} } = JSON.parse(readFileSync(join(host, path), 'utf8')) as {
        scripts?: Record<string, string>
      }
      return { dir: path.replace(/\/?package\.json$/, ''), scripts }
    })
    .sort((a, b) => a.dir.length - b.dir.length)
}

const INSTALLS: Record<string, string> = {
  'package-lock.json': 'npm ci --no-audit --no-fund --prefer-offline',
  'pnpm-lock.yaml': 'pnpm install --frozen-lockfile',
  'yarn.lock': 'yarn install --frozen-lockfile',
}

/** Installs where there is a lock file, as a fresh clone is installed. */
export async function installAll(
  host: string,
  packages: HostPackage[],
  facts: HostFacts,
): Promise<void> {
  for (const { dir } of packages) {
    const lock = Object.keys(INSTALLS).find((name) => existsSync(join(host, dir, name)))
    if (lock === undefined) continue
    const withNpm = 'npm install --no-audit --no-fund --no-package-lock --prefer-offline'
    const command = facts.installWith === 'npm' ? withNpm : (INSTALLS[lock] ?? '')
    const { exitCode, output } = await shell(join(host, dir), command)
    if (exitCode !== 0) throw new Error(`${command} failed in ${dir || 'the root'}:\n${output}`)
  }
}

/** Errors of the type checker without their lines, by package; null where TypeScript is not used. */
export async function typeErrors(host: string, dir: string): Promise<Set<string> | null> {
  const folder = join(host, dir)
  if (!existsSync(join(folder, 'tsconfig.json'))) return null
  const { output } = await shell(folder, 'npx --no-install tsc --noEmit')
  const errors = output.split('\n').filter((line) => /error TS\d+/.test(line))
  return new Set(errors.map((line) => line.replace(/\(\d+,\d+\)/, '')))
}
