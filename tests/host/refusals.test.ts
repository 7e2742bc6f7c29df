import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import {
  packageJson,
  problemsOf,
  profileOf,
  smallHost,
  writeHost,
  type Files,
} from './support/small-host.js'

describe('what is not a host', () => {
  it.each<[string, Files, string]>([
    ['an empty folder', {}, 'no_package_json'],
    ['a broken package.json', { 'package.json': '{ "name": ' }, 'invalid_package_json'],
    ['an empty package.json', { 'package.json': '' }, 'invalid_package_json'],
    ['a list', { 'package.json': '[]' }, 'invalid_package_json'],
    ['null', { 'package.json': 'null' }, 'invalid_package_json'],
    ['bytes', { 'package.json': '\u0000\uFFFD\u0001' }, 'invalid_package_json'],
    ['a folder of that name', { 'package.json/x': '' }, 'no_package_json'],
  ])('%s is refused', async (_, files, code) => {
    const [problem, ...others] = await problemsOf(writeHost(files))
    expect(others).toEqual([])
    expect(problem?.code).toBe(code)
    expect(problem?.message).toMatch(/^\S.*\.$/)
    expect(problem?.hint).not.toBe('')
  })

  it('a path that is not a folder is refused', async () => {
    const root = writeHost({ file: '' })
    for (const path of [join(root, 'file'), join(root, 'nothing'), join(root, 'file/below')]) {
      expect(await problemsOf(path)).toMatchObject([{ code: 'not_a_directory' }])
    }
  })

  it('a pipe in the place of package.json does not hang', async () => {
    const root = writeHost({})
    execFileSync('mkfifo', [join(root, 'package.json')])
    expect(await problemsOf(root)).toMatchObject([{ code: 'no_package_json' }])
  })
})

describe('what is not supported yet', () => {
  it.each<[string, Files, { code: string; message: string; evidence?: object[] }]>([
    [
      'Fastify',
      { 'package.json': packageJson({ dependencies: { express: undefined, fastify: '5' } }) },
      { code: 'server_not_supported', message: 'Fastify servers are not supported yet.' },
    ],
    [
      'NestJS',
      { 'package.json': packageJson({ dependencies: { '@nestjs/core': '11' } }) },
      { code: 'server_not_supported', message: 'NestJS servers are not supported yet.' },
    ],
    [
      'Ts.ED',
      { 'package.json': packageJson({ dependencies: { '@tsed/common': '7' } }) },
      { code: 'server_not_supported', message: 'Ts.ED servers are not supported yet.' },
    ],
    [
      'an Express without express.raw',
      { 'package.json': packageJson({ dependencies: { express: '~4.16.1' } }) },
      {
        code: 'express_too_old',
        message: 'The server runs on Express 4.16; billing needs 4.17 or later.',
      },
    ],
    [
      'a TypeScript without satisfies',
      { 'package.json': packageJson({ devDependencies: { typescript: '~4.6.4' } }) },
      {
        code: 'typescript_too_old',
        message: 'The server is compiled with TypeScript 4.6; billing needs 4.9 or later.',
      },
    ],
    [
      'an Express that was installed before it had express.raw',
      {
        'package.json': packageJson({ dependencies: { express: '^4.16.0' } }),
        'node_modules/express/package.json': '{ "version": "4.16.4" }',
      },
      {
        code: 'express_too_old',
        message: 'The server runs on Express 4.16; billing needs 4.17 or later.',
      },
    ],
    [
      'no server',
      { 'package.json': packageJson({ dependencies: { express: undefined } }) },
      {
        code: 'no_server',
        message: 'No Express server was found: package.json does not depend on express.',
      },
    ],
    [
      'no database',
      { 'package.json': packageJson({ dependencies: { pg: undefined } }) },
      {
        code: 'no_database',
        message: 'No PostgreSQL library was found in package.json.',
      },
    ],
    [
      'no app',
      { 'src/app.ts': 'export const app = 1\n' },
      { code: 'app_not_found', message: 'No call of express() was found that makes the app.' },
    ],
    [
      'an app in one chained expression',
      {
        'src/app.ts':
          "import express from 'express'\nimport './db.js'\nexport const createApp = () => {\n  return express().use(express.json())\n}\n",
      },
      {
        code: 'app_unnamed',
        message:
          'The app that src/app.ts makes with express() has no name that billing can be mounted on.',
        evidence: [{ file: 'src/app.ts', line: 4 }],
      },
    ],
  ])('%s is said in one sentence', async (_, files, expected) => {
    expect(await problemsOf(smallHost(files))).toMatchObject([expected])
  })

  it('everything that is in the way is said at once', async () => {
    const manifest = packageJson({ dependencies: { pg: undefined, mysql2: '3', vue: '3' } })
    const problems = await problemsOf(smallHost({ 'package.json': manifest }))
    expect(problems.map(({ code }) => code)).toEqual([
      'database_not_supported',
      'client_not_supported',
    ])
  })

  it.each([
    [{ server: 'koa' }, 'server_not_supported', '--server'],
    [{ client: 'vue' }, 'client_not_supported', '--client'],
    [{ serverDir: 'nowhere' }, 'server_dir_not_found', '--server-dir'],
    [{ serverDir: '../..' }, 'server_dir_not_found', '--server-dir'],
  ])('a flag is not believed: %j', async (flags, code, flag) => {
    expect(await problemsOf(smallHost(), flags)).toMatchObject([{ code, flag }])
  })
})

describe('files as they come', () => {
  it('may have a byte order mark and CRLF', async () => {
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`
    const root = smallHost({
      'package.json': crlf(packageJson({})),
      'tsconfig.json': crlf('{ "compilerOptions": { "module": "NodeNext" } }\n'),
      'src/db.ts': crlf(
        "import { Pool } from 'pg'\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL })\n",
      ),
      'migrations/1700000000000_users.sql': crlf(
        '-- Up Migration\nCREATE TABLE users (\nid uuid PRIMARY KEY,\nemail text\n);\n-- Down Migration\nDROP TABLE users;\n',
      ),
    })
    const { database, name } = await profileOf(root)
    expect(name).toBe('notes')
    expect(database.connection?.evidence).toEqual([{ file: 'src/db.ts', line: 2 }])
    expect(database.users).toMatchObject({
      value: { key: 'id', keyType: 'uuid', emailColumn: 'email' },
      evidence: [{ line: 2 }],
    })
  })

  it.each<[string, Files]>([
    ['syntax errors', { 'src/notes.ts': 'export const notes = Router( {{{ `${' }],
    ['deep nesting', { 'src/notes.ts': `export const x = ${'['.repeat(50_000)}` }],
    [
      'long chains',
      {
        'src/notes.ts': `import './db.js'\nexport const x = ${Array(20_000).fill('a').join(' + ')}`,
      },
    ],
    [
      'imports in a circle',
      {
        'src/auth.ts': "export { requireAuth } from './notes.js'",
        'src/notes.ts':
          "export { requireAuth, notes } from './auth.js'\nexport * from './notes.js'\nimport './db.js'",
      },
    ],
    [
      'names that name each other',
      { 'src/auth.ts': 'export const requireAuth = again\nconst again = requireAuth\n' },
    ],
    [
      'names of Object.prototype',
      {
        'package.json': packageJson({
          scripts: { constructor: 'tsx src/x.ts', dev: 'tsx src/index.ts' },
          dependencies: { toString: '1' },
        }),
      },
    ],
    [
      'odd values in package.json',
      {
        'package.json': packageJson({
          name: 7,
          main: ['x'],
          scripts: { dev: 'tsx src/index.ts', start: 4 },
          prettier: 3,
        }),
      },
    ],
    [
      'SQL that does not end',
      {
        'migrations/1700000000000_users.sql':
          "CREATE TABLE users (id uuid primary key, email text DEFAULT 'x",
      },
    ],
    [
      'SQL of one sign',
      {
        'migrations/1700000000001_x.sql':
          '$'.repeat(100_000) + '('.repeat(100_000) + '\n'.repeat(100_000),
      },
    ],
    [
      'a tsconfig of another shape',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "*": "x", "@": [1] }, "baseUrl": 3 } }',
      },
    ],
    [
      'a cookie of markup in paths',
      {
        'src/app.ts':
          "import express from 'express'\nimport './db.js'\nexport const app = express()\napp.use('/<script>${x}`', x)\n",
      },
    ],
  ])('do no harm with %s', async (_, files) => {
    const started = performance.now()
    const detection = await detectHost(smallHost(files))
    expect(['ok', 'unsupported']).toContain(detection.status)
    expect(performance.now() - started).toBeLessThan(15_000)
  })

  it('are read only inside the repository', async () => {
    const outside = writeHost({
      'secret.ts':
        "import { Pool } from 'pg'\nexport const pool = new Pool({ connectionString: process.env.X })\n",
    })
    const path = relative(tmpdir(), outside)
    const root = smallHost({
      'src/db.ts': null,
      'src/notes.ts': `import '../../${path}/secret.js'\nimport '${outside}/secret.js'\n`,
    })
    const { database } = await profileOf(root)
    expect(database).toMatchObject({ connection: null, urlVariable: 'DATABASE_URL' })
  })

  it('may be links in a circle', async () => {
    const root = smallHost({ 'migrations/1700000000000_users.sql': null })
    symlinkSync(root, join(root, 'migrations'))
    symlinkSync('loop.ts', join(root, 'src/loop.ts'))
    expect((await detectHost(root)).status).toBe('ok')
  })
})

describe('names that read otherwise than they are', () => {
  it.each<[string, Files]>([
    ['the name of the package', { 'package.json': packageJson({ name: 'notes\u202e' }) }],
    [
      'the users table',
      {
        'migrations/1700000000000_users.sql': 'CREATE TABLE "users" ("\u2066id" uuid PRIMARY KEY);',
      },
    ],
    [
      'another table',
      {
        'migrations/1700000000001_more.sql':
          '-- Up Migration\nCREATE TABLE "sub\u001b[2J" (id uuid PRIMARY KEY);',
      },
    ],
    [
      'a folder',
      {
        'src/\u202eapp.ts': "import express from 'express'\nexport const app = express()\n",
        'src/app.ts': null,
        'src/index.ts': "import { app } from './\u202eapp.js'\napp.listen(3000)\n",
      },
    ],
  ])('are refused: %s', async (_, files) => {
    const [problem] = await problemsOf(smallHost(files))
    expect(problem?.code).toBe('hidden_characters')
    expect(problem?.message).toMatch(
      /^The name ".*<U\+\w{4}>.*" has the invisible character U\+\w{4}\.$/,
    )
  })

  it('are taken in scripts that are written from right to left', async () => {
    const host = await profileOf(smallHost({ 'package.json': packageJson({ name: 'פתקים' }) }))
    expect(host.name).toBe('פתקים')
  })
})
