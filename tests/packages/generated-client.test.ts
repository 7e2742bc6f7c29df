import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { keepingGenerated } from '../../src/packages/generated-client.js'

function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'generated-client-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Installs the package as pnpm does: in a folder by what it depends on, with a link to it. */
function installed(root: string, folder: string, version = '6.1.0'): string {
  const store = join(root, 'node_modules/.pnpm', folder, 'node_modules')
  write(join(store, '@prisma/client/package.json'), JSON.stringify({ version }))
  const link = join(root, 'api/node_modules/@prisma/client')
  mkdirSync(dirname(link), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync(join(store, '@prisma/client'), link)
  return join(store, '.prisma/client')
}

function generate(client: string, model: string): void {
  write(join(client, 'schema.prisma'), `model ${model} {}`)
  write(join(client, 'index.d.ts'), `export type ${model} = object`)
}

/** A folder for temporary files of this test alone. */
function temporary(): string {
  const folder = workspace()
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  return folder
}

it('is there afterwards where its package was made anew', async () => {
  const root = workspace()
  generate(installed(root, 'client-with-a'), 'Note')
  const files = temporary()
  let place = ''
  const answer = await keepingGenerated([root, join(root, 'api')], () => {
    rmSync(join(root, 'node_modules'), { recursive: true })
    place = installed(root, 'client-with-b')
    write(join(place, 'index.d.ts'), 'export {}')
    return Promise.resolve('installed')
  })
  expect(answer).toBe('installed')
  expect(readFileSync(join(place, 'index.d.ts'), 'utf8')).toBe('export type Note = object')
  expect(readdirSync(files)).toEqual([])
})

it('stays as the installation left it where that has generated it', async () => {
  const root = workspace()
  const place = installed(root, 'client')
  generate(place, 'Note')
  await keepingGenerated([root, join(root, 'api')], () => Promise.resolve(generate(place, 'Card')))
  expect(readFileSync(join(place, 'schema.prisma'), 'utf8')).toBe('model Card {}')
})

it('is not put into a package of another version', async () => {
  const root = workspace()
  generate(installed(root, 'client-6'), 'Note')
  let place = ''
  await keepingGenerated([root, join(root, 'api')], () => {
    place = installed(root, 'client-7', '7.0.0')
    return Promise.resolve()
  })
  expect(() => readFileSync(join(place, 'schema.prisma'))).toThrow('ENOENT')
})

it('is nothing where it was never generated', async () => {
  const root = workspace()
  const place = installed(root, 'client')
  await keepingGenerated([root, join(root, 'api')], () => Promise.resolve())
  expect(() => readdirSync(place)).toThrow('ENOENT')
})

it('leaves nothing behind when the installation fails', async () => {
  const root = workspace()
  generate(installed(root, 'client'), 'Note')
  const files = temporary()
  const failing = keepingGenerated([root, join(root, 'api')], () =>
    Promise.reject(new Error('no disk')),
  )
  await expect(failing).rejects.toThrow('no disk')
  expect(readdirSync(files)).toEqual([])
})

it('is not written to what other repositories share', async () => {
  const [root, store] = [workspace(), workspace()]
  generate(installed(root, 'client'), 'Note')
  const shared = join(store, '@prisma/client')
  await keepingGenerated([root, join(root, 'api')], () => {
    const link = join(root, 'api/node_modules/@prisma/client')
    rmSync(link)
    write(join(shared, 'package.json'), JSON.stringify({ version: '6.1.0' }))
    symlinkSync(shared, link)
    return Promise.resolve()
  })
  expect(readdirSync(store)).toEqual(['@prisma'])
})
