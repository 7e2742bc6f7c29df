import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { contentHash } from '../../../src/tree/content-hash.js'
import { appendJournal, beginJournal, readJournal } from '../../../src/tree/journal.js'
import { discardedBy, HOME } from '../../../src/tree/layout.js'
import { createKey } from '../../../src/tree/transaction-key.js'
import type { Change } from '../../../src/types.js'

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tree-'))
}

export function write(root: string, path: string, content: string | Uint8Array, mode = 0o644) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  chmodSync(join(root, path), mode)
}

/** A host with what makes restoring hard: modes, line endings, links, an installed package. */
export function makeHost(): string {
  const root = emptyFolder()
  write(root, 'package.json', '{\r\n  "name": "host"\r\n}\r\n')
  write(root, 'package-lock.json', '{ "lockfileVersion": 3 }\n', 0o600)
  write(root, 'server/index.ts', '\uFEFFimport x from "x"\r\nlisten()')
  write(root, 'bin/run', '#!/bin/sh\necho run\n', 0o755)
  write(root, 'secret.env', 'A=1\n', 0o600)
  write(root, 'untouched.bin', new Uint8Array([0xff, 0xfe, 0x00, 0x80]))
  for (let index = 0; index < 6; index += 1) write(root, `lib/file-${index}.ts`, `let a${index}\n`)
  mkdirSync(join(root, 'empty'))
  write(root, 'apps/api/main.ts', 'main()\n')
  symlinkSync('apps/api', join(root, 'api'))
  write(root, 'node_modules/a/index.js', 'module.exports = 1\n')
  write(root, 'node_modules/a/cli.js', '#!/usr/bin/env node\n', 0o755)
  write(root, 'node_modules/@s/b/package.json', '{}')
  write(root, 'node_modules/.package-lock.json', '{}\n')
  mkdirSync(join(root, 'node_modules/.bin'))
  symlinkSync('../a/cli.js', join(root, 'node_modules/.bin/a'))
  symlinkSync('../apps/api', join(root, 'node_modules/api'))
  return root
}

export function hashOf(root: string, path: string): string {
  return contentHash(readFileSync(join(root, path)))
}

/** Thirty changes: files to modify of every kind, and new ones in new and old folders. */
export function thirtyChanges(root: string): Change[] {
  const modify = (path: string, content: string): Change => ({
    path,
    action: 'modify',
    content,
    baseHash: hashOf(root, path),
  })
  const create = (path: string, content: string): Change => ({
    path,
    action: 'create',
    content,
    baseHash: null,
  })
  return [
    modify('package.json', '{\r\n  "name": "host",\r\n  "private": true\r\n}\r\n'),
    modify('server/index.ts', '\uFEFFimport x from "x"\r\nimport y from "y"\r\nlisten()'),
    modify('bin/run', '#!/bin/sh\necho run twice\n'),
    modify('secret.env', 'A=1\nB=2\n'),
    modify('api/main.ts', 'main()\nbilling()\n'),
    ...Array.from({ length: 6 }, (_, index) => modify(`lib/file-${index}.ts`, `let b${index}\n`)),
    create('.env.example', 'B=\n'),
    create('api/billing/plans.ts', 'plans\n'),
    create('docs/billing/guide.md', '# Guide\n'),
    create('docs/billing/deep/er/page.md', ''),
    ...Array.from({ length: 15 }, (_, index) =>
      create(`server/billing/part-${index % 4}/file-${index}.ts`, `export const n = ${index}\r\n`),
    ),
  ]
}

/** Everything below a folder with type, permissions and bytes, for comparing. */
export function snapshot(root: string, path = ''): Record<string, string> {
  const all: Record<string, string> = {}
  for (const name of readdirSync(join(root, path)).sort()) {
    const inner = path === '' ? name : `${path}/${name}`
    const absolute = join(root, inner)
    const stats = lstatSync(absolute)
    const mode = (stats.mode & 0o7777).toString(8)
    if (stats.isSymbolicLink()) all[inner] = `link ${readlinkSync(absolute)}`
    else if (stats.isDirectory())
      Object.assign(all, { [inner]: `folder ${mode}` }, snapshot(root, inner))
    else all[inner] = `file ${mode} ${readFileSync(absolute).toString('latin1')}`
  }
  return all
}

/**
 * Copies a host with what a run left in it. A journal counts in its own folder only, so the copy
 * gets one of its own with the same entries.
 */
export async function copyHost(root: string): Promise<string> {
  const copy = emptyFolder()
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  const home = join(copy, HOME)
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    const folder = join(home, name)
    if (!existsSync(join(folder, 'journal.ndjson'))) continue
    const { entries, key } = await readJournal(root, join(root, HOME, name))
    const own = await createKey(copy)
    rmSync(join(folder, 'journal.ndjson'))
    await beginJournal(folder, own)
    await appendJournal(copy, folder, entries.slice(1))
    if (discardedBy(name) === key.id) renameSync(folder, folder.replace(key.id, own.id))
  }
  return copy
}
