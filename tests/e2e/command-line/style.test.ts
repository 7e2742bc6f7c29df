import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'prettier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { hostCopy, runCli } from '../../support/host-copy.js'

const REQUEST = ['Pro $29/mo', '--yes', '--no-install', '--no-verify', '--json']
const CODE = /\.[jt]sx?$/

describe('files of ours that the host has brought into another style', () => {
  let host: string
  let code: string[]

  const integrate = async (): Promise<Result> =>
    (await runCli(host, REQUEST)).events().at(-1) as unknown as Result

  beforeAll(async () => {
    host = await hostCopy({ packages: false })
    const { changes } = await integrate()
    const created = changes.filter(({ action }) => action === 'create')
    code = created.map(({ path }) => path).filter((path) => CODE.test(path))
    for (const path of code) {
      const text = await readFile(join(host, path), 'utf8')
      const style = { semi: false, singleQuote: false, printWidth: 60, tabWidth: 4 }
      await writeFile(join(host, path), await format(text, { ...style, filepath: path }))
    }
  })
  afterAll(() => discard(host))

  test('are the same files to a second run', async () => {
    expect(code.length).toBeGreaterThan(40)
    const result = await integrate()
    expect(result).toMatchObject({ status: 'unchanged', exitCode: 0, changes: [] })
    expect(result.warnings.map((warning) => warning.code)).not.toContain('edited_since')
  })

  test('are so beside a file of the host in which its imports of billing have moved', async () => {
    const path = join(host, 'server/app.ts')
    const text = await readFile(path, 'utf8')
    const [line = ''] = /^import .*polar\.webhook.*\n/m.exec(text) ?? []
    await writeFile(path, `${line}${text.replace(line, '')}`)
    expect(await integrate()).toMatchObject({ status: 'unchanged', exitCode: 0, changes: [] })
    expect(await readFile(path, 'utf8')).toMatch(/^import .*polar\.webhook/)
  })

  test('are edited where what they do was changed', async () => {
    const [path = ''] = code
    await writeFile(join(host, path), `${await readFile(join(host, path), 'utf8')}\nvoid 0\n`)
    const result = await integrate()
    expect(result).toMatchObject({ status: 'unchanged', exitCode: 0, changes: [] })
    const edited = result.warnings.find((warning) => warning.code === 'edited_since')
    expect(edited?.message).toContain(path)
  })
})
