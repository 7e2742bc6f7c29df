import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCode, isSameCode } from '../../render/same-code/index.js'
import { contentHash } from '../../tree/content-hash.js'
import type { Change, PackageFolder, Plan } from '../../types.js'
import { localProgram } from '../commands.js'
import { hostCopies } from '../host-copies.js'
import { runProgram, type ProgramRuns } from '../run-program.js'
import { FIXERS, type Fixer } from './fixers.js'

/** Milliseconds that one program has. What it has not done by then is left. */
const LIMIT = 120_000

export interface RestyleInput {
  plan: Plan
  /** The changes as they were written. */
  written: readonly Change[]
  runs: ProgramRuns
  /** Milliseconds that one program has. */
  limit?: number
}

export interface Restyled {
  /** Of files that the run has made, and of nothing else. */
  changes: Change[]
  /** Which programs were asked: 'eslint'. */
  programs: string[]
}

/**
 * What the host's own linter and formatter make of the new files. They run in a copy, over nothing
 * but these files, and only where the host has them installed. A file is taken from them where it
 * is still the same program; whatever fails, or takes too long, changes nothing.
 */
export async function restyle({
  plan,
  written,
  runs,
  limit = LIMIT,
}: RestyleInput): Promise<Restyled> {
  const { root, packages } = plan.host
  const created = written.filter(({ action, path }) => action === 'create' && isCode(path))
  const parts = await partsOf(root, packages, created)
  if (parts.length === 0) return { changes: [], programs: [] }
  const dirs = packages.map(({ dir }) => dir)
  const copies = hostCopies(root, dirs, plan.changes, new Map())
  const changes = await copies.after(async (copy) => {
    for (const { dir, paths, fixers } of parts) {
      for (const { program, args } of fixers) {
        runs.report({ detail: program })
        const file = localProgram(join(root, dir), program) ?? program
        await runFor(limit, file, [...args, ...paths], join(copy, dir), runs)
      }
    }
    return changed(created, copy)
  })
  const programs = parts.flatMap(({ fixers }) => fixers.map(({ program }) => program))
  return { changes, programs: [...new Set(programs)] }
}

interface Part {
  dir: string
  /** The new files of the package, relative to its folder. */
  paths: string[]
  fixers: Fixer[]
}

/** The packages with new files that have something to run. */
async function partsOf(
  root: string,
  packages: readonly PackageFolder[],
  created: readonly Change[],
): Promise<Part[]> {
  const dirs = ['', ...packages.map(({ dir }) => dir)].sort((a, b) => b.length - a.length)
  const paths = new Map<string, string[]>()
  for (const { path } of created) {
    const dir = dirs.find((one) => one === '' || path.startsWith(`${one}/`)) ?? ''
    const inPackage = dir === '' ? path : path.slice(dir.length + 1)
    paths.set(dir, [...(paths.get(dir) ?? []), inPackage])
  }
  const parts = [...paths].map(async ([dir, inPackage]) => ({
    dir,
    paths: inPackage,
    fixers: await fixersOf(root, dir),
  }))
  return (await Promise.all(parts)).filter(({ fixers }) => fixers.length > 0)
}

/** Those that are installed, and that the package or its workspace names: others came with a package. */
async function fixersOf(root: string, dir: string): Promise<Fixer[]> {
  const manifests = await Promise.all([...new Set([dir, ''])].map((one) => named(join(root, one))))
  return FIXERS.filter(
    ({ package: name, program }) =>
      manifests.some((names) => names.has(name)) && localProgram(join(root, dir), program) !== null,
  )
}

/** What a package.json depends on, and the words of its scripts. */
async function named(folder: string): Promise<Set<string>> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
  const { dependencies, devDependencies, scripts } = JSON.parse(text) as Record<string, object>
  const words = Object.values(scripts ?? {}).flatMap((script) => String(script).split(/\s+/))
  return new Set([...Object.keys({ ...dependencies, ...devDependencies }), ...words])
}

/** Problems that are left make it fail, too, so how it ends says nothing. */
async function runFor(
  limit: number,
  file: string,
  args: string[],
  cwd: string,
  runs: ProgramRuns,
): Promise<void> {
  const signal = AbortSignal.any([runs.signal, AbortSignal.timeout(limit)])
  try {
    await runProgram(file, args, { ...runs, signal, cwd })
  } catch (error) {
    if (runs.signal.aborted || !signal.aborted) throw error
  }
}

async function changed(created: readonly Change[], copy: string): Promise<Change[]> {
  const changes: Change[] = []
  for (const { path, content } of created) {
    const text = await readFile(join(copy, path), 'utf8').catch(() => content)
    if (text === content || !(await isSameCode(path, content, text))) continue
    changes.push({ path, action: 'modify', content: text, baseHash: contentHash(content) })
  }
  return changes
}
