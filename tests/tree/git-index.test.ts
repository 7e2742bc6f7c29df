import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { trackedBelow } from '../../src/tree/git-index.js'
import { emptyFolder, write } from './support/host-folder.js'

let place: string

beforeEach(() => {
  place = emptyFolder()
})

afterEach(() => rmSync(place, { recursive: true }))

function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  return execFileSync('git', [...who, ...args], { cwd, encoding: 'utf8' })
}

/** Names of every length, so that an entry ends at each place of its padding. */
function fill(root: string): void {
  for (let length = 1; length <= 40; length += 1) write(root, `data/${'n'.repeat(length)}`, 'x')
  for (const path of ['data/deep/ö', '.idea/a', 'z', 'database', 'dat']) write(root, path, 'x')
}

it.each([
  ['2', 'sha1'],
  ['3', 'sha1'],
  ['4', 'sha1'],
  ['2', 'sha256'],
  ['4', 'sha256'],
])('reads what git lists, index version %s with %s', (version, format) => {
  git(place, 'init', '-q', `--object-format=${format}`)
  fill(place)
  git(place, 'add', '.')
  git(place, 'update-index', '--index-version', version)
  // Entries with flags of version 3.
  if (version !== '2') git(place, 'update-index', '--skip-worktree', 'data/nnn', 'z')
  const listed = git(place, '-c', 'core.quotePath=off', 'ls-files', 'data').trim().split('\n')
  expect(trackedBelow(place, 'data')).toEqual(listed)
  expect(listed).toHaveLength(41)
  expect(trackedBelow(place, 'nothing')).toEqual([])
})

it('finds the index of a worktree, from a folder inside it', () => {
  const main = join(place, 'main')
  git(place, 'init', '-q', main)
  write(main, 'app/data/one', 'x')
  git(main, 'add', '.')
  git(main, 'commit', '-qm', 'one')
  git(main, 'worktree', 'add', '-q', '../other')
  git(main, 'rm', '-rq', '--cached', 'app')
  expect(trackedBelow(join(place, 'other/app'), 'data')).toEqual(['app/data/one'])
  expect(trackedBelow(join(main, 'app'), 'data')).toEqual([])
})

it('gives nothing where there is no repository, or an index of an unknown form', () => {
  expect(trackedBelow(place, 'data')).toEqual([])
  write(place, '.git/index', 'DIRC\0\0\0\x09\0\0\0\x01')
  expect(trackedBelow(place, 'data')).toEqual([])
})
