import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInGroup, type RunOptions } from '../tree/run-in-group.js'
import type { InstallPlace } from './install-places.js'
import { packageManagers } from './package-managers.js'

/** What an installation reads beside package.json. */
const SETTINGS = [
  '.npmrc',
  '.yarnrc.yml',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'yarn.lock',
  'bun.lock',
]

/**
 * Whether the host's packages cannot be installed as they were either: then a failure is none of
 * ours. Only works out what would be installed, in a folder of its own. False where the package
 * manager has no way to do so.
 *
 * @param originals content before, by path, of every modified file
 */
export async function failsWithoutUs(
  root: string,
  { dir, manager, folders }: InstallPlace,
  originals: ReadonlyMap<string, string>,
  runs: Pick<RunOptions, 'signal' | 'onSpawn'>,
): Promise<boolean> {
  const { command, resolve } = packageManagers[manager]
  if (resolve === null) return false
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-install-'))
  try {
    for (const each of folders) {
      const path = each === '' ? 'package.json' : `${each}/package.json`
      if (!existsSync(join(root, path))) continue
      await mkdir(join(folder, each), { recursive: true })
      const text = originals.get(path) ?? (await readFile(join(root, path), 'utf8'))
      await writeFile(join(folder, path), text)
    }
    for (const name of SETTINGS) {
      const file = join(root, dir, name)
      if (existsSync(file)) await copyFile(file, join(folder, dir, name))
    }
    const result = await runInGroup(command, resolve, { ...runs, cwd: join(folder, dir) })
    return result.kind === 'exited' && result.exitCode !== 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
