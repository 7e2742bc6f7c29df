import { expect, it, onTestFinished } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envFileWarning } from '../../src/git/env-file.js'
import { commitAll } from '../support/git.js'

async function repository(files: Record<string, string>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'env-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  await commitAll(root)
  return root
}

it('warns before a secret is put into a file that git keeps', async () => {
  const root = await repository({ '.env': 'PORT=3000\n' })
  expect(await envFileWarning(root, '.env')).toMatchObject({ code: 'env_file_tracked' })
})

it('warns where git would take the file with the next commit', async () => {
  const root = await repository({ '.gitignore': 'node_modules\n' })
  expect(await envFileWarning(root, '.env')).toMatchObject({ code: 'env_file_not_ignored' })
})

it('is silent where git ignores the file, and without git', async () => {
  expect(await envFileWarning(await repository({ '.gitignore': '.env\n' }), '.env')).toBeNull()
  const plain = mkdtempSync(join(tmpdir(), 'env-'))
  onTestFinished(() => rmSync(plain, { recursive: true, force: true }))
  expect(await envFileWarning(plain, '.env')).toBeNull()
})
