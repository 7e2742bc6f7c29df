import { readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { isCode, isSameCode } from '../../render/same-code/index.js'
import { contentHash } from '../../tree/content-hash.js'
import type { Change, PackageFolder, Plan } from '../../types.js'
import { localProgram } from '../commands.js'
import { hostCopies } from '../host-copies.js'
import { runProgram, type ProgramRuns } from '../run-program.js'
import { FIXERS, type Fixer } from './fixers.js'
import { movesOnlyOurs } from './own-lines.js'

/** Milliseconds that one program has. What it has not done by then is left. */
const LIMIT = 120_000

export interface RestyleInput {
  plan: Plan
  /** The changes as they were written. */
  written: readonly Change[]
  /** Content before, by path, of every file that was modified. */
  originals: ReadonlyMap<string, string>
  runs: ProgramRuns
  /** Milliseconds that one program has. */
  limit?: number
}

export interface Restyled {
  /** Of what the run has written, and of nothing else. */
  changes: Change[]
  /** Which programs were asked: 'eslint'. */
  programs: string[]
}

/**
 * What the host's own linter and formatter make of the new code. They run in a copy, over nothing
 * but the files that the run has written, and only where the host has them installed. A file is
 * taken from them where it is still the same program, and one of the host's only where it was in
 * its style before and nothing but the run's own lines changes in it; whatever fails, or takes too
 * long, changes nothing.
 */
export async function restyle({
  plan,
  written,
  originals,
  runs,
  limit = LIMIT,
}: RestyleInput): Promise<Restyled> {
  const { root, packages } = plan.host
  const code = written.filter(({ path }) => isCode(path))
  const parts = await partsOf(root, packages, code)
  if (parts.length === 0) return { changes: [], programs: [] }
  const dirs = packages.map(({ dir }) => dir)
  const copies = hostCopies(root, dirs, plan.changes, new Map())
  const changes = await copies.after(async (copy) => {
    const correct = (paths: ReadonlySet<string>): Promise<boolean> =>
      correctIn(copy, root, parts, paths, limit, runs)
    const settled = await settledIn(copy, originals, code, correct)
    const taken = code.filter(({ path }) => settled.has(path) || !originals.has(path))
    await correct(new Set(taken.map(({ path }) => path)))
    return changed(taken, originals, copy)
  })
  const programs = parts.flatMap(({ fixers }) => fixers.map(({ program }) => program))
  return { changes, programs: [...new Set(programs)] }
}

/** Has the programs of each package correct these files in the copy; false when one was too slow. */
async function correctIn(
  copy: string,
  root: string,
  parts: Part[],
  wanted: ReadonlySet<string>,
  limit: number,
  runs: ProgramRuns,
): Promise<boolean> {
  let inTime = true
  for (const { dir, paths, fixers } of parts) {
    const chosen = paths.filter((path) => wanted.has(posix.join(dir, path)))
    if (chosen.length === 0) continue
    for (const { program, args } of fixers) {
      runs.report({ detail: program })
      const file = localProgram(join(root, dir), program) ?? program
      const ended = await runFor(limit, file, [...args, ...chosen], join(copy, dir), runs)
      inTime &&= ended
    }
  }
  return inTime
}

/** The host's files that its tools leave as they were: whatever they change now came with the run. */
async function settledIn(
  copy: string,
  originals: ReadonlyMap<string, string>,
  code: readonly Change[],
  correct: (paths: ReadonlySet<string>) => Promise<boolean>,
): Promise<Set<string>> {
  const edited = code.filter(({ path }) => originals.has(path))
  for (const { path } of edited) await writeFile(join(copy, path), originals.get(path) ?? '')
  const known = await correct(new Set(edited.map(({ path }) => path)))
  const settled = new Set<string>()
  for (const { path, content } of edited) {
    const text = await readFile(join(copy, path), 'utf8').catch(() => null)
    if (known && text === originals.get(path)) settled.add(path)
    await writeFile(join(copy, path), content)
  }
  return settled
}

interface Part {
  dir: string
  /** The files of the package, relative to its folder. */
  paths: string[]
  fixers: Fixer[]
}

/** The packages with files of the run that have something to run. */
async function partsOf(
  root: string,
  packages: readonly PackageFolder[],
  written: readonly Change[],
): Promise<Part[]> {
  const dirs = ['', ...packages.map(({ dir }) => dir)].sort((a, b) => b.length - a.length)
  const paths = new Map<string, string[]>()
  for (const { path } of written) {
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

/** Problems that are left make it fail, too, so how it ends says nothing; false when it is too slow. */
async function runFor(
  limit: number,
  file: string,
  args: string[],
  cwd: string,
  runs: ProgramRuns,
): Promise<boolean> {
  const signal = AbortSignal.any([runs.signal, AbortSignal.timeout(limit)])
  try {
    await runProgram(file, args, { ...runs, signal, cwd })
    return true
  } catch (error) {
    if (runs.signal.aborted || !signal.aborted) throw error
    return false
  }
}

async function changed(
  written: readonly Change[],
  originals: ReadonlyMap<string, string>,
  copy: string,
): Promise<Change[]> {
  const changes: Change[] = []
  for (const { path, content } of written) {
    const text = await readFile(join(copy, path), 'utf8').catch(() => content)
    const original = originals.get(path)
    if (text === content || !(await isSameCode(path, content, text))) continue
    if (original !== undefined && !movesOnlyOurs(original, content, text)) continue
    changes.push({ path, action: 'modify', content: text, baseHash: contentHash(content) })
  }
  return changes
}
