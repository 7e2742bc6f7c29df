import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { HostFiles } from '../../src/host/host-files.js'
import { profileOf, smallHost, type Files } from './support/small-host.js'

const FEATURES = 50
const MODULES = 100

/** A host of 5,000 modules that all hang together. */
function largeHost(): string {
  const numbers = [...Array(FEATURES).keys()]
  const files: Files = {}
  for (const feature of numbers) {
    const imports: string[] = []
    for (let module = 0; module < MODULES - 1; module++) {
      files[`src/f${feature}/m${module}.ts`] = `export const value = (a: number) => a * ${module}\n`
      imports.push(`import './m${module}.js'`)
    }
    files[`src/f${feature}/index.ts`] = `import { Router } from 'express'
${imports.join('\n')}
export const f${feature} = Router()
f${feature}.get('/', (req, res) => res.json(req.user.id))
`
  }
  files['src/app.ts'] = `import express from 'express'
import { requireAuth } from './auth.js'
import { notes } from './notes.js'
${numbers.map((n) => `import { f${n} } from './f${n}/index.js'`).join('\n')}
export const app = express()
${numbers.map((n) => `app.use('/api/f${n}', requireAuth, f${n})`).join('\n')}
app.use('/api/notes', requireAuth, notes)
`
  return smallHost(files)
}

describe('a host of 5,000 modules', () => {
  it('is recognised as a small one is', async () => {
    const { server, database } = await profileOf(largeHost())
    expect(server.mounts).toHaveLength(FEATURES + 1)
    expect(server.login?.value.userId).toBe('req.user.id')
    expect(database.connection?.value.file).toBe('src/db.ts')
  })

  it('is read in part', async () => {
    const read = vi.spyOn(HostFiles.prototype, 'read')
    onTestFinished(() => read.mockRestore())
    await profileOf(largeHost())
    const files = new Set(read.mock.calls.map(([path]) => path))
    expect(files.size).toBeGreaterThan(FEATURES)
    expect(files.size).toBeLessThan(500)
  })
})
