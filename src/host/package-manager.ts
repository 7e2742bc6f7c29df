import type { Found } from '../types.js'
import type { DetectionContext } from './context.js'
import { enumerate } from './text.js'

type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

const LOCK_FILES: Record<string, PackageManager> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
}

/** The `packageManager` field has the first word, lock files the second. */
export function detectPackageManager(context: DetectionContext): Found<PackageManager> | null {
  const found = fromField(context) ?? fromLockFiles(context)
  if (!found || found.value === 'npm') return found
  return context.report({
    code: 'package_manager',
    message: `Repositories that use ${found.value} are not supported yet.`,
    hint: 'Only npm can be used so far.',
    evidence: found.evidence,
  })
}

function fromField({ manifest }: DetectionContext): Found<PackageManager> | null {
  const name = manifest.packageManager?.split('@')[0]
  if (name !== 'npm' && name !== 'pnpm' && name !== 'yarn' && name !== 'bun') return null
  return { value: name, source: 'detected', evidence: [manifest.evidence('packageManager')] }
}

function fromLockFiles(context: DetectionContext): Found<PackageManager> | null {
  const present = Object.keys(LOCK_FILES).filter((file) => context.files.isFile(file))
  const managers = new Set(present.map((file) => LOCK_FILES[file]))
  const evidence = present.map((file) => ({ file, line: 1 }))
  if (managers.size > 1) {
    return context.report({
      code: 'package_manager_ambiguous',
      message: `There are lock files of several package managers: ${enumerate(present)}.`,
      hint: 'Remove those that are not used, or name the one that is in the packageManager field.',
      evidence,
    })
  }
  const [manager] = managers
  if (manager) return { value: manager, source: 'detected', evidence }
  return context.assume('host.packageManager', 'npm', 'npm', 'there is no lock file')
}
