import { readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { failsWithoutUs } from '../../src/packages/host-install.js'
import { emptyFolder, makeHost, snapshot, write } from '../tree/support/host-folder.js'

let root: string
let bin: string
const path = process.env['PATH']

beforeEach(() => {
  root = makeHost()
  bin = emptyFolder()
  process.env['PATH'] = bin + delimiter + (path ?? '')
})

afterEach(() => {
  process.env['PATH'] = path
  for (const folder of [root, bin]) rmSync(folder, { recursive: true })
})

/** Whether the installation fails with the package.json that there was before. */
function failsBefore(manager: 'npm' | 'pnpm' | 'yarn', script: string): Promise<boolean> {
  write(bin, manager, `#!/bin/sh\n${script}\n`, 0o755)
  const originals = new Map([['package.json', '{ "name": "as-it-was" }']])
  return failsWithoutUs(root, { dir: '', manager, folders: [''] }, originals, {})
}

describe("a failed installation is the host's own", () => {
  it('where it fails without what was added', async () => {
    expect(await failsBefore('npm', 'grep -q as-it-was package.json && exit 1; exit 0')).toBe(true)
    expect(await failsBefore('npm', 'grep -q as-it-was package.json && exit 0; exit 1')).toBe(false)
  })

  it('by the settings and the lock file that the host has', async () => {
    write(root, '.npmrc', 'legacy-peer-deps=true\n')
    expect(await failsBefore('pnpm', 'grep -q legacy-peer-deps .npmrc && exit 1; exit 0')).toBe(
      true,
    )
  })

  it('and nothing is written in it to find out', async () => {
    const before = snapshot(root)
    const seen = join(bin, 'args')
    await failsBefore('npm', `echo "$@" > ${seen}; echo x > package-lock.json; exit 1`)
    expect(snapshot(root)).toEqual(before)
    expect(readFileSync(seen, 'utf8')).toContain('--package-lock-only --ignore-scripts')
  })

  it('is not known of Yarn 1, which cannot look without installing', async () => {
    expect(await failsBefore('yarn', 'exit 1')).toBe(false)
  })
})
