import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageJson, profileOf, smallHost, writeHost } from './support/small-host.js'

const TABLE = 'CREATE TABLE users (id uuid PRIMARY KEY, email text);\n'

/** The small host, whose script runs migrations by what the build has made of its own runner. */
function runBy(migrate: string, files: Record<string, string>) {
  const scripts = { dev: 'tsx src/index.ts', start: 'node dist/index.js', migrate }
  return smallHost({
    'package.json': packageJson({ scripts, dependencies: { 'node-pg-migrate': undefined } }),
    'migrations/1700000000000_users.sql': null,
    'dist/index.js': "import express from 'express'\nconst app = express()\napp.listen(1)\n",
    ...files,
  })
}

describe('what a build has made', () => {
  it('is no place for migrations: they go where the source has them', async () => {
    const root = runBy('node dist/db/migrate.js', {
      'src/db/migrate.ts': "readdirSync(path.join(here, 'migrations')) // *.sql\n",
      'src/db/migrations/001_users.sql': TABLE,
      'dist/db/migrate.js': "readdirSync(path.join(here, 'migrations')) // *.sql\n",
      'dist/db/migrations/001_users.sql': TABLE,
    })
    const { database } = await profileOf(root)
    expect(database.migrations.value).toMatchObject({ dir: 'src/db/migrations', script: 'migrate' })
  })

  it('is no place for the first migration either', async () => {
    const root = runBy('node-pg-migrate up -m dist/migrations', { 'dist/migrations/x.txt': '' })
    const { database } = await profileOf(root)
    expect(database.migrations.value.dir).toBe('migrations')
  })

  it('is no source of the server', async () => {
    const { server } = await profileOf(runBy('true', {}))
    expect(server.start).toBe('src/index.ts')
  })

  it('leads to the source where it lies below the server, and was made from a folder above', async () => {
    const app = "import express from 'express'\nexport const app = express()\n"
    const root = smallHost({
      'package.json': packageJson({
        scripts: { start: 'node app/server/dist/server/src/bin/www.js', dev: undefined },
      }),
      'src/index.ts': null,
      'src/app.ts': null,
      'app/server/src/app.ts': app,
      'app/server/src/bin/www.ts': "import { app } from '../app.js'\napp.listen(3000)\n",
      'app/server/dist/server/src/bin/www.js':
        "import { app } from '../app.js'\napp.listen(3000)\n",
      'app/server/dist/server/src/app.js': app,
    })
    const { server } = await profileOf(root)
    expect(server.start).toBe('app/server/src/bin/www.ts')
  })

  it('has no packages', async () => {
    const root = writeHost({
      'package.json': packageJson({}),
      'out/package.json': packageJson({}),
      'dist/server/package.json': packageJson({}),
    })
    const { detectHost } = await import('../../src/host/index.js')
    const detection = await detectHost(root)
    const { packages } = detection.status === 'ok' ? detection.host : detection.found
    expect(packages?.map(({ dir }) => dir)).toEqual([''])
  })
})

describe('what git leaves out', () => {
  const APP = "import express from 'express'\nexport const app = express()\n"

  /** The host as a repository with these rules, of which nothing is committed yet but `tracked`. */
  function withRules(root: string, rules: string, ...tracked: string[]): string {
    writeFileSync(join(root, '.gitignore'), rules)
    execFileSync('git', ['init', '-q', root])
    if (tracked.length > 0) execFileSync('git', ['-C', root, 'add', '-f', ...tracked])
    return root
  }

  const compiled = () =>
    smallHost({
      'package.json': packageJson({ scripts: { start: 'node compiled/index.js', dev: undefined } }),
      'compiled/index.js': "require('./app').app.listen(3000)\n",
      'compiled/app.js': "exports.app = require('express')()\n",
    })

  it('is no source: not the server, nor what it is written in', async () => {
    const { server } = await profileOf(withRules(compiled(), 'compiled\n'))
    expect(server.app.value.file).toBe('src/app.ts')
    expect(server.package.language.value).toBe('typescript')
  })

  it('is a source all the same once it was committed', async () => {
    const root = withRules(compiled(), 'compiled\n', 'compiled')
    const { server } = await profileOf(root)
    expect(server.app.value.file).toBe('compiled/app.js')
  })

  it('makes no table: a dump of somebody else’s database is only on this machine', async () => {
    const files = {
      'migrations/1700000000000_users.sql': null,
      'infra/tables.sql': 'CREATE TABLE users (id serial PRIMARY KEY, email text);\n',
    }
    const kept = await profileOf(withRules(smallHost(files), ''))
    expect(kept.database.users?.evidence[0]?.file).toBe('infra/tables.sql')
    const leftOut = await profileOf(withRules(smallHost(files), '*.sql\n'))
    expect(leftOut.database.users?.evidence[0]?.file).not.toBe('infra/tables.sql')
  })

  it('is no place for migrations', async () => {
    const root = smallHost({
      'package.json': packageJson({ scripts: { migrate: undefined } }),
      'src/db/migrations/001_users.sql': TABLE,
      'migrations/1700000000000_users.sql': null,
    })
    const { database } = await profileOf(withRules(root, 'src/db/migrations\n'))
    expect(database.migrations.value.dir).toBe('migrations')
  })

  it('is nothing in a folder that another repository leaves out as a whole', async () => {
    const outer = withRules(
      writeHost({ 'inner/package.json': packageJson({}), 'inner/src/index.ts': APP }),
      'inner\n',
    )
    const { server } = await profileOf(join(outer, 'inner'))
    expect(server.app.value.file).toBe('src/index.ts')
  })
})
