import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

/** Prisma's client as it was generated for the host's models. */
interface Generated {
  /** Folder of the package that uses it. */
  folder: string
  version: string
  /** Where it is kept meanwhile. */
  copy: string
}

/**
 * Installs packages, and has Prisma's generated client stand afterwards where it stood before. It
 * lies in node_modules without being part of any package: an installation that makes the folder of
 * its package anew takes it away, and the script that would generate it again is not run.
 *
 * @param folders with a node_modules each; the one that the packages are installed in comes first
 */
export async function keepingGenerated<T>(
  folders: string[],
  install: () => Promise<T>,
): Promise<T> {
  const used = folders.filter((folder) => existsSync(join(folder, PACKAGE)))
  if (used.length === 0) return install()
  const kept = await mkdtemp(join(tmpdir(), 'integrate-polar-generated-'))
  try {
    const before = await Promise.all(used.map((folder, at) => copied(folder, join(kept, `${at}`))))
    const result = await install()
    const [home = ''] = await Promise.all(folders.map((folder) => realpath(folder)))
    for (const generated of before) {
      if (generated) await putBack(generated, home)
    }
    return result
  } finally {
    await rm(kept, { recursive: true, force: true })
  }
}

const PACKAGE = 'node_modules/@prisma/client'

async function copied(folder: string, copy: string): Promise<Generated | null> {
  const place = await placeIn(folder)
  if (!place || !isGenerated(place.generated)) return null
  await cp(place.generated, copy, { recursive: true, verbatimSymlinks: true })
  return { folder, version: place.version, copy }
}

/**
 * Of another version, it is no client of the package that is there now. Other repositories share
 * what lies outside of this one.
 */
async function putBack({ folder, version, copy }: Generated, home: string): Promise<void> {
  const place = await placeIn(folder)
  if (place?.version !== version || isGenerated(place.generated)) return
  if (!place.generated.startsWith(home + sep)) return
  await rm(place.generated, { recursive: true, force: true })
  await cp(copy, place.generated, { recursive: true, verbatimSymlinks: true })
}

/** The client is generated beside its package, wherever a link to that leads. */
async function placeIn(folder: string): Promise<{ generated: string; version: string } | null> {
  try {
    const own = await realpath(join(folder, PACKAGE))
    const manifest = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as {
      version?: unknown
    }
    return { generated: join(own, '../../.prisma/client'), version: String(manifest.version) }
  } catch {
    return null
  }
}

/** Prisma leaves the schema beside what it was made of; what its package brings has none. */
function isGenerated(client: string): boolean {
  return existsSync(join(client, 'schema.prisma'))
}
