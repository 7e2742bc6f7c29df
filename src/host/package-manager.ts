import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence, Found, PackageManagerName } from '../types.js'
import type { DetectionContext } from './context.js'
import { folderOf, joinPath } from './host-files.js'
import { isRecord, Manifest } from './manifest.js'
import { enumerate } from './text.js'

const LOCK_FILES: Record<string, PackageManagerName> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
}

interface LockFile {
  file: string
  manager: PackageManagerName
}

/**
 * The `packageManager` field has the first word, lock files the second. Both may stand in a folder
 * above the package, as they do where several share one installation; the nearest count.
 */
export function detectPackageManager(context: DetectionContext): Found<PackageManagerName> {
  for (let folder = context.dir; ; folder = folderOf(folder)) {
    const found = fromField(context, folder) ?? fromLockFiles(context, folder)
    if (found) return found
    if (folder === '') break
  }
  return context.assume('host.packageManager', 'npm', 'npm', 'there is no lock file')
}

function fromField(context: DetectionContext, folder: string): Found<PackageManagerName> | null {
  const manifest = manifestIn(context, folder)
  const name = manifest?.packageManager?.split('@')[0]
  if (name !== 'npm' && name !== 'pnpm' && name !== 'yarn' && name !== 'bun') return null
  const evidence = manifest ? [manifest.evidence('packageManager')] : []
  return { value: name, source: 'detected', evidence }
}

function manifestIn(context: DetectionContext, folder: string): Manifest | null {
  if (folder === context.dir) return context.manifest
  const path = joinPath(folder, 'package.json')
  try {
    const text = context.files.read(path)
    const json: unknown = JSON.parse(text ?? 'null')
    return text !== null && isRecord(json) ? new Manifest(text, json, path) : null
  } catch {
    return null
  }
}

function fromLockFiles(
  context: DetectionContext,
  folder: string,
): Found<PackageManagerName> | null {
  // By their names in the folder: a lock file can be larger than any source that is read.
  const present = context.files
    .filesIn(folder)
    .flatMap((name): LockFile[] =>
      Object.hasOwn(LOCK_FILES, name)
        ? [{ file: joinPath(folder, name), manager: LOCK_FILES[name] ?? 'npm' }]
        : [],
    )
  const [first] = present
  if (!first) return null
  const managers = new Set(present.map(({ manager }) => manager))
  if (managers.size === 1) {
    return { value: first.manager, source: 'detected', evidence: present.map(evidenceOf) }
  }
  const { chosen, reason } = choose(context, first, present)
  const files = enumerate(present.map(({ file }) => file))
  context.assume('host.packageManager', chosen.manager, chosen.manager, `of ${files}, ${reason}`)
  return { value: chosen.manager, source: 'assumed', evidence: [evidenceOf(chosen)] }
}

function evidenceOf({ file }: LockFile): Evidence {
  return { file, line: 1 }
}

/** Of several managers' lock files, the one that is kept up to date. */
function choose(
  context: DetectionContext,
  first: LockFile,
  present: LockFile[],
): { chosen: LockFile; reason: string } {
  const [best, second] = present
    .map((lock) => ({ lock, lacks: lackingIn(context, lock) }))
    .sort((a, b) => a.lacks - b.lacks)
  if (best && second && best.lacks < second.lacks) {
    return {
      chosen: best.lock,
      reason: `${best.lock.file} fits package.json best`,
    }
  }
  const scripts = [...context.manifest.scripts.values()].join('\n')
  const named = present.filter(({ manager }) =>
    new RegExp(String.raw`\b${manager} (run\b|\w)`).test(scripts),
  )
  const [byScripts] = named
  if (byScripts && new Set(named.map(({ manager }) => manager)).size === 1) {
    return { chosen: byScripts, reason: `the scripts of package.json call ${byScripts.manager}` }
  }
  const [newest] = present
    .map((lock) => ({ lock, time: writtenAt(context, lock.file) }))
    .sort((a, b) => b.time - a.time)
  const chosen = newest?.lock ?? first
  return { chosen, reason: `${chosen.file} was written last` }
}

/** How many packages that package.json asks for are not in the lock file. */
function lackingIn({ files, manifest }: DetectionContext, { file }: LockFile): number {
  const text = files.read(file)
  if (text === null) return 0
  return manifest
    .packagesMatching(/./)
    .filter(
      (name) =>
        ![`"${name}"`, `/${name}"`, `'${name}'`, `${name}@`, `${name}:`].some((form) =>
          text.includes(form),
        ),
    ).length
}

/** Milliseconds since the epoch. */
function writtenAt({ files }: DetectionContext, file: string): number {
  return statSync(join(files.root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
