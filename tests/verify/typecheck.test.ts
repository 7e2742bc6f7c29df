import { existsSync } from 'node:fs'
import { mkdtemp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hostCopies } from '../../src/verify/host-copies.js'
import { checkTypes } from '../../src/verify/typecheck.js'
import type { Check } from '../../src/types.js'
import { projectRoot } from '../support/host-copy.js'

const OPTIONS = {
  target: 'ES2022',
  module: 'ESNext',
  moduleResolution: 'Bundler',
  strict: true,
  types: [],
}
const WRONG = 'export const count: number = "many"\n'

/** A host with TypeScript and these files. */
async function hostWith(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'types-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
  const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc')
  await symlink(compiler, join(root, 'node_modules/.bin/tsc'))
  return root
}

/** @param before what stood in server/index.ts; nothing when the file is new */
function check(root: string, before?: string): Promise<Check> {
  const path = 'server/index.ts'
  const originals = before === undefined ? [] : [[path, before] as const]
  const action = before === undefined ? 'create' : 'modify'
  const copies = hostCopies(root, [], [{ path, action, baseHash: null }], new Map(originals))
  const runs = { signal: new AbortController().signal, onSpawn: async () => {}, report: () => {} }
  return checkTypes(root, copies, runs)
}

function config(compilerOptions: object, more: object): string {
  return JSON.stringify({ compilerOptions: { ...OPTIONS, ...compilerOptions }, ...more })
}

/** The way Vite's templates divide a repository: a file that takes in none, and two projects. */
function divided(server: string): Record<string, string> {
  const project = { composite: true, emitDeclarationOnly: true, outDir: 'built' }
  return {
    'tsconfig.json': JSON.stringify({
      files: [],
      references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.server.json' }],
    }),
    'tsconfig.app.json': config(project, { include: ['client'] }),
    'tsconfig.server.json': config(project, { include: ['server'] }),
    'client/main.ts': 'export const name = "app"\n',
    'server/index.ts': server,
  }
}

describe('the check of the types', { timeout: 120_000 }, () => {
  it('fails on an error in a project that tsconfig.json refers to', async () => {
    const root = await hostWith(divided(WRONG))
    expect(await check(root)).toMatchObject({
      status: 'failed',
      details: [expect.stringContaining('server/index.ts')],
    })
  })

  it('passes over an error of before that names files from the root of the disk', async () => {
    const outside = { include: ['server', 'other'] }
    const root = await hostWith({
      'tsconfig.json': config({ rootDir: './server' }, outside),
      'other/own.ts': 'export const own = 1\n',
      'server/index.ts': 'export const count = 1\n',
    })
    expect(await check(root, 'export {}\n')).toEqual({ status: 'passed', details: [] })
  })

  it('passes where no project has an error, and builds nothing into the host', async () => {
    const root = await hostWith(divided('export const count = 1\n'))
    expect(await check(root)).toEqual({ status: 'passed', details: [] })
    expect(existsSync(join(root, 'built'))).toBe(false)
    expect((await readdir(root)).filter((name) => name.endsWith('.tsbuildinfo'))).toEqual([])
  })

  it('passes over an error of such a project that was there before', async () => {
    const root = await hostWith(divided(`// A line more.\n${WRONG}`))
    expect(await check(root, WRONG)).toEqual({
      status: 'passed',
      details: [],
    })
  })

  it('is skipped, not passed, where there is nothing to look at', async () => {
    const nothing = { status: 'skipped', details: ['tsconfig.json names no file to check'] }
    expect(await check(await hostWith({ 'tsconfig.json': config({}, { files: [] }) }))).toEqual(
      nothing,
    )
    const empty = { 'tsconfig.json': config({}, { include: ['src'] }), 'server/index.ts': WRONG }
    expect(await check(await hostWith(empty))).toEqual(nothing)
    expect(await check(await hostWith({ 'server/index.ts': WRONG }))).toEqual({
      status: 'skipped',
      details: ['There is no tsconfig.json'],
    })
  })

  it('fails on an error in the one project of a host', async () => {
    const root = await hostWith({
      'tsconfig.json': config({}, { include: ['server'] }),
      'server/index.ts': WRONG,
    })
    expect(await check(root)).toMatchObject({ status: 'failed' })
    expect(await check(root, WRONG)).toMatchObject({ status: 'passed' })
  })
})
