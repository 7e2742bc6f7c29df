import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ignoredFiles } from '../../src/git/ignored.js'
import { layoutOf } from '../../src/render/layout.js'
import { logicalPathOf } from '../../src/render/engine.js'
import { hostProfile } from '../support/profiles.js'

/** What the .gitignore of many repositories has, whatever they are made of. */
const USUAL = [
  'env*',
  'env',
  '.env*',
  '*.env',
  '*.local',
  'local*',
  'secret*',
  '*secret*',
  '*.key',
  '*.pem',
  'node_modules',
  'build',
  'dist',
  'out',
  'target',
  'lib',
  'bin',
  'obj',
  'vendor',
  'data',
  'database',
  'db',
  '*.db',
  '*.sqlite*',
  '*.dump',
  'log',
  'logs',
  '*.log',
  'coverage',
  'coverage*',
  'report*',
  'tmp',
  'temp',
  'temp*',
  'cache',
  '*cache*',
  'uploads',
  'public',
  'static',
  'media',
  'assets',
  'generated',
  '*.gen.ts',
  '*.js.map',
  '*.tsbuildinfo',
  'test-results',
  'playwright-report',
  'config.json',
  'settings*',
  'credentials*',
  'todo*',
  'notes*',
  'draft*',
]

const MIGRATION = '20260101000000_'
const TEMPLATES = readdirSync(join(import.meta.dirname, '../../templates'), {
  recursive: true,
  encoding: 'utf8',
})

/** Every path that can be generated, in a host of no folders with such a name. */
function generatedPaths(): string[] {
  const logical = TEMPLATES.filter((name) => name.endsWith('.hbs')).map((name) =>
    logicalPathOf(name.replaceAll('\\', '/').slice(0, -'.hbs'.length)),
  )
  const migrations = logical
    .filter((path) => path.startsWith('migrations/'))
    .map((path) => MIGRATION + path.slice('migrations/'.length))
  const layout = layoutOf(hostProfile(), ...migrations)
  return logical.map((path) => layout.pathOf(path))
}

describe('the names of what is generated', () => {
  let root = ''
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'usual-ignores-'))
    execFileSync('git', ['init', '-q', root])
    writeFileSync(join(root, '.gitignore'), `${USUAL.join('\n')}\n`)
  })
  afterAll(() => {
    rmSync(root, { recursive: true })
  })

  it('are hit by no rule that repositories usually ignore by', async () => {
    const paths = generatedPaths()
    expect(paths.length).toBeGreaterThan(90)
    expect(await ignoredFiles(root, paths)).toEqual([])
    // On a Mac and on Windows letters are compared without their case.
    execFileSync('git', ['-C', root, 'config', 'core.ignoreCase', 'true'])
    expect(await ignoredFiles(root, paths)).toEqual([])
  })

  it('would be found, were they', async () => {
    const [hit] = await ignoredFiles(root, ['tests/support/billing/environment.ts'])
    expect(hit?.rule).toBe('env*')
  })
})
