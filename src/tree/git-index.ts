import { readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * The files below a folder that git tracks, as its index has them, relative to the repository's
 * root. Read here because git itself runs what the repository's configuration says.
 */
export function trackedBelow(root: string, folder: string): string[] {
  const repository = findRepository(root)
  if (repository === null) return []
  const index = readOrNull(join(repository.gitFolder, 'index'))
  if (index === null) return []
  const wanted = relative(repository.root, join(root, folder)).split(sep).join('/').toLowerCase()
  return pathsIn(index, hashLength(repository.gitFolder)).filter((path) => {
    const lower = path.toLowerCase()
    return lower === wanted || lower.startsWith(`${wanted}/`)
  })
}

function findRepository(start: string): { root: string; gitFolder: string } | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const git = join(folder, '.git')
    const stats = statOrNull(git)
    if (stats?.isDirectory() === true) return { root: folder, gitFolder: git }
    // A worktree or submodule: the file says where its folder is.
    const link = stats?.isFile() === true ? readOrNull(git)?.toString('utf8') : undefined
    const target = /^gitdir: (.+)$/m.exec(link ?? '')?.[1]
    if (target !== undefined) return { root: folder, gitFolder: resolve(folder, target) }
    if (dirname(folder) === folder) return null
  }
}

/** Bytes of an object's name. */
function hashLength(gitFolder: string): number {
  const config = readOrNull(join(gitFolder, 'config'))?.toString('utf8') ?? ''
  return /^\s*objectformat\s*=\s*sha256\s*$/im.test(config) ? 32 : 20
}

/** gitformat-index(5), versions 2 to 4; an index of another form gives no paths. */
function pathsIn(index: Buffer, hashBytes: number): string[] {
  const version = index.length < 12 ? 0 : index.readUInt32BE(4)
  if (index.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return []
  const paths: string[] = []
  let [at, previous] = [12, Buffer.alloc(0)]
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const flagsAt = at + 40 + hashBytes
    if (flagsAt + 4 > index.length) break
    const extended = (index.readUInt16BE(flagsAt) & 0x4000) !== 0
    const nameAt = flagsAt + (extended ? 4 : 2)
    const [kept, from] = version === 4 ? prefix(index, nameAt, previous.length) : [0, nameAt]
    const end = index.indexOf(0, from)
    if (end < 0) break
    previous = Buffer.concat([previous.subarray(0, kept), index.subarray(from, end)])
    paths.push(previous.toString('utf8'))
    // Before version 4 an entry is padded with one to eight NULs to a multiple of eight bytes.
    at = version === 4 ? end + 1 : at + Math.floor((end - at + 8) / 8) * 8
  }
  return paths
}

/** How much of the path before is kept, and where the rest begins: a number in base 128. */
function prefix(index: Buffer, start: number, length: number): [kept: number, from: number] {
  let at = start
  let byte = index[at] ?? 0
  let dropped = byte & 0x7f
  while ((byte & 0x80) !== 0) {
    at += 1
    byte = index[at] ?? 0
    dropped = ((dropped + 1) << 7) | (byte & 0x7f)
  }
  return [length - dropped, at + 1]
}

function statOrNull(path: string) {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
