import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  problemsOf,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

const MIGRATION = 'migrations/1700000000000_users.sql'

async function databaseOf(changes: Files) {
  return (await profileOf(smallHost(changes))).database
}

async function usersOf(sql: string) {
  return (await databaseOf({ [MIGRATION]: sql })).users?.value ?? null
}

describe('the pool', () => {
  it.each([
    [
      "import pg from 'pg'\nexport const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })",
      { name: 'pool', default: false },
    ],
    [
      "import pg from 'pg'\nconst { Pool } = pg\nconst db = new Pool({ connectionString: process.env['DATABASE_URL'] })\nexport default db",
      { name: 'db', default: true },
    ],
    [
      "import { Pool } from 'pg'\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL! })\nexport { pool as db }",
      { name: 'db', default: false },
    ],
    [
      "import * as pg from 'pg'\nexport const pool: pg.Pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? 'postgres://localhost/x', max: 5 })",
      { name: 'pool', default: false },
    ],
  ])('is found in %s', async (text, exported) => {
    const { connection } = await databaseOf({ 'src/db.ts': text })
    expect(connection?.value).toEqual({ file: 'src/db.ts', ...exported })
  })

  it.each([
    ['export const config = { db: { url: process.env.PG_URL } }', 'config.db.url', 'PG_URL'],
    ["export const config = { url: need('MAIN_DATABASE_URL') }", 'config.url', 'MAIN_DATABASE_URL'],
    ['export const config = schema.parse(process.env)', 'config.POSTGRES_URL', 'POSTGRES_URL'],
    [
      'const { DB_URL } = process.env\nexport const config = { url: DB_URL }',
      'config.url',
      'DB_URL',
    ],
    ["export const config = process.env.APP_DATABASE_URL ?? ''", 'config', 'APP_DATABASE_URL'],
  ])('takes its variable from the configuration: %s', async (config, expression, variable) => {
    const { urlVariable } = await databaseOf({
      'src/config.ts': config,
      'src/db.ts': `import { Pool } from 'pg'
import { config } from './config.js'
export const pool = new Pool({ connectionString: ${expression} })
`,
    })
    expect(urlVariable).toBe(variable)
  })

  it.each([
    [
      'const pool = new Pool({ connectionString: process.env.DATABASE_URL })\nexport const query = (q) => pool.query(q)',
    ],
    ["export const pool = new Pool({ host: process.env.DB_HOST, user: 'x' })"],
    ['export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: true })'],
    [
      'let pool\nexport async function open() { pool ??= new Pool({ connectionString: process.env.DATABASE_URL }) }',
    ],
    ['export const client = new Client({ connectionString: process.env.DATABASE_URL })'],
    [
      'class Db { pool = new Pool({ connectionString: process.env.DATABASE_URL }) }\nexport const db = new Db()',
    ],
  ])(
    'is not shared where it cannot be, or where tests cannot lead it elsewhere: %s',
    async (text) => {
      const source = `import { Client, Pool } from 'pg'\n${text}`
      const { connection } = await databaseOf({ 'src/db.ts': source })
      expect(connection).toBeNull()
    },
  )

  it.each([
    [
      'export const pool = buildPool()\nfunction buildPool() { return new Pool({ connectionString: process.env.DATABASE_URL }) }',
    ],
    [
      'const make = () => new Pool({ connectionString: process.env.DATABASE_URL })\nexport const pool = make()',
    ],
    ['export const pool = new Pool()'],
    [
      'export const pool = new Pool({ connectionString: process.env.CI ? process.env.TEST_URL : process.env.DATABASE_URL })',
    ],
    [
      'export const pool = new Pool({ host: process.env.DB_HOST, port: Number(process.env.DB_PORT), user: process.env.DB_USER, password: process.env.DB_PASSWORD, database: process.env.DB_NAME })',
    ],
    [
      "export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: process.env.NODE_ENV === 'production' ? { rejectUnauthorized: false } : undefined })",
    ],
    [
      "export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: process.env.DATABASE_URL?.includes('localhost') ? false : { rejectUnauthorized: false } })",
    ],
  ])('is shared: %s', async (text) => {
    const { connection } = await databaseOf({ 'src/db.ts': `import { Pool } from 'pg'\n${text}` })
    expect(connection?.value).toEqual({ file: 'src/db.ts', name: 'pool', default: false })
  })

  it.each([
    ['module.exports = pool', { name: 'pool', default: true }],
    [
      'module.exports = { pool, query: (text) => pool.query(text) }',
      { name: 'pool', default: false },
    ],
    ['exports.db = pool', { name: 'db', default: false }],
  ])('is shared by CommonJS: %s', async (text, exported) => {
    const { connection } = await databaseOf({
      'src/notes.ts':
        "import { Router } from 'express'\nimport './db.js'\nexport const notes = Router()\n",
      'src/db.ts': null,
      'src/db.js': `const { Pool } = require('pg')\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL })\npool.on('error', console.error)\n${text}\n`,
    })
    expect(connection?.value).toEqual({ file: 'src/db.js', ...exported })
  })

  it('is not shared from the module of the app', async () => {
    const { connection, urlVariable } = await databaseOf({
      'src/db.ts': null,
      'src/notes.ts': "import { Router } from 'express'\nexport const notes = Router()\n",
      'src/index.ts': `import { app } from './app.js'
import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL })
app.listen(3000)
`,
    })
    expect(connection).toBeNull()
    expect(urlVariable).toBe('DATABASE_URL')
  })
})

describe('the users table', () => {
  it.each([
    ['id uuid PRIMARY KEY DEFAULT gen_random_uuid()', 'uuid'],
    ['id SERIAL PRIMARY KEY', 'integer'],
    ['id bigserial primary key', 'bigint'],
    ['id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY', 'bigint'],
    ['id int NOT NULL PRIMARY KEY', 'integer'],
    ['id text PRIMARY KEY', 'text'],
    ['id varchar(26) PRIMARY KEY', 'text'],
    ['id character varying(255) NOT NULL, CONSTRAINT pk PRIMARY KEY (id)', 'text'],
    ['id uuid, PRIMARY KEY (id)', 'uuid'],
  ])('has the key %s', async (column, keyType) => {
    expect(await usersOf(`CREATE TABLE users (${column}, email text);`)).toEqual({
      table: 'users',
      key: 'id',
      keyType,
      emailColumn: 'email',
    })
  })

  it.each([
    [
      'create table if not exists public.users (id uuid primary key)',
      { table: 'users', emailColumn: null },
    ],
    [
      'CREATE TABLE "Users" ("userId" uuid primary key, "emailAddress" text)',
      { table: '"Users"', key: '"userId"' },
    ],
    ['CREATE TABLE "user" (id text primary key, email text)', { table: '"user"' }],
    [
      'CREATE TABLE accounts (id serial primary key, email text)',
      { table: 'accounts', keyType: 'integer' },
    ],
  ])('is written as SQL needs it: %s', async (sql, expected) => {
    expect(await usersOf(`${sql};`)).toMatchObject(expected)
  })

  it.each([
    ['user_auth', 'CREATE TABLE user_auth (id serial primary key, email text, password text)'],
    ['buyers', 'CREATE TABLE buyers (id uuid primary key, email text, password_hash text)'],
    [
      'clients',
      `CREATE TABLE admins (id serial primary key, email text, password text);
       CREATE TABLE newsletter (id serial primary key, email text);
       CREATE TABLE clients (id serial primary key, email text, "hashedPassword" text)`,
    ],
  ])('is the one table with addresses and passwords: %s', async (table, sql) => {
    expect(await usersOf(`${sql};`)).toMatchObject({ table, emailColumn: 'email' })
  })

  it('is that of Better Auth, beside an older one', async () => {
    const sql = `CREATE TABLE users (id uuid primary key, email text);
      CREATE TABLE "user" (id text primary key, email text);`
    const better = packageJson({ dependencies: { 'better-auth': '^1.3.0' } })
    const { users } = await databaseOf({ [MIGRATION]: sql, 'package.json': better })
    expect(users?.value).toMatchObject({ table: '"user"', keyType: 'text' })
    expect(await usersOf(sql)).toMatchObject({ table: 'users' })
  })

  describe('is called as the host’s own queries call it', () => {
    const called = async (made: string, query: string) => {
      const notes = `import { pool } from './db.js'\nexport const notes = () => pool.query(${query})\n`
      const table = `CREATE TABLE ${made} (id serial primary key, email text);`
      const { users } = await databaseOf({ [MIGRATION]: table, 'src/notes.ts': notes })
      return users?.value
    }

    it.each([
      ['user', "'insert into users (email, password) values ($1, $2)'"],
      ['user', "'SELECT id, email FROM public.users WHERE id = $1'"],
      ['user', '`update users set email = $1`'],
      ['account', "'delete from accounts where id = $1'"],
      ['user', '`select u.* from notes n join x on true; select id\nfrom users`'],
    ])('where SQL makes %s and it asks %s', async (made, query) => {
      const table = `${made}s`
      expect(await called(made, query)).toMatchObject({ table, key: 'id', keyType: 'integer' })
    })

    it.each([
      ['users', "'select id from users'", 'users'],
      ['"user"', '`select id from "user"`', '"user"'],
      ['"user"', "'select id from notes'", '"user"'],
      ['users', "'select user from notes'", 'users'],
      ['users', "'select * from user'", 'users'],
      ['accounts', "'select id from users'", 'accounts'],
      ['"user"', "'nothing came from users'", '"user"'],
    ])('and as its SQL does where that is %s and it asks %s', async (made, query, table) => {
      expect(await called(made, query)).toMatchObject({ table })
    })

    it('but not where both are there', async () => {
      const sql = `CREATE TABLE "user" (id text primary key, email text);
        CREATE TABLE users (id serial primary key);`
      const query =
        "import { pool } from './db.js'\nexport const notes = () => pool.query('select id from users')\n"
      const { users } = await databaseOf({ [MIGRATION]: sql, 'src/notes.ts': query })
      expect(users?.value.keyType).toBe('integer')
    })
  })

  it('is none of several that could be it', async () => {
    const sql = `CREATE TABLE buyers (id serial primary key, email text, password text);
      CREATE TABLE sellers (id serial primary key, email text, password text);`
    expect(await usersOf(sql)).toBe(null)
  })

  it('is what the migrations make of it in the end', async () => {
    const users = await usersOf(`
      CREATE TABLE members (uid serial PRIMARY KEY, mail text); -- CREATE TABLE users (id int);
      /* nested /* comment */ CREATE TABLE users (id text); */
      ALTER TABLE members RENAME TO users;
      ALTER TABLE users RENAME COLUMN uid TO id;
      ALTER TABLE users ALTER COLUMN id SET DATA TYPE bigint, ADD COLUMN email text NOT NULL;
      INSERT INTO notes VALUES ('; CREATE TABLE users (id text);', $$ ; DROP TABLE users; $$);`)
    expect(users).toEqual({ table: 'users', key: 'id', keyType: 'bigint', emailColumn: 'email' })
  })

  it('is read from a dump, with its key added afterwards', async () => {
    const { users, tables } = await databaseOf({
      [MIGRATION]: null,
      'db/structure.sql': `CREATE TABLE public.users (
    id bigint NOT NULL,
    email character varying DEFAULT ''::character varying NOT NULL
);
CREATE TABLE public.posts (id bigint);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
`,
    })
    expect(users?.value).toMatchObject({ key: 'id', keyType: 'bigint', emailColumn: 'email' })
    expect(users?.evidence).toEqual([{ file: 'db/structure.sql', line: 1 }])
    expect(tables).toEqual(['users', 'posts'])
  })

  it('is read from migrations written as code', async () => {
    const { users, tables, migrations } = await databaseOf({
      [MIGRATION]: null,
      'migrations/1700000000000_users.js': `export const up = (pgm) => {
  pgm.createTable('users', { id: 'id', name: { type: 'text' } })
  pgm.addColumns({ schema: 'public', name: 'users' }, { email: { type: 'text', notNull: true } })
  pgm.createTable('gone', { id: 'id' })
  pgm.dropTable('gone')
}
export const down = (pgm) => pgm.dropTable('users')
`,
    })
    expect(users?.value).toMatchObject({ key: 'id', keyType: 'integer', emailColumn: 'email' })
    expect(tables).toEqual(['users'])
    expect(migrations.value.tool).toBe('node-pg-migrate')
  })

  it.each([
    ["{ type: 'integer GENERATED ALWAYS AS IDENTITY', primaryKey: true }", 'integer'],
    ["'bigint primary key generated by default as identity'", 'bigint'],
    ["{ type: 'uuid not null', primaryKey: true }", 'uuid'],
  ])('has the key that a migration defines as %s', async (key, keyType) => {
    const { users } = await databaseOf({
      [MIGRATION]: null,
      'migrations/1700000000000_users.js': `export const up = (pgm) => {
  pgm.createTable('users', { id: ${key}, email: 'text' })
}
`,
    })
    expect(users?.value).toMatchObject({ table: 'users', key: 'id', keyType })
  })

  it("is read from SQL in the server's code where there is no other", async () => {
    const { users } = await databaseOf({
      [MIGRATION]: null,
      'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL })
export const init = () => pool.query(\`
  CREATE TABLE IF NOT EXISTS users (
    id SERIAL PRIMARY KEY, email TEXT
  )\`)
`,
    })
    expect(users).toMatchObject({
      value: { keyType: 'integer', emailColumn: 'email' },
      evidence: [{ file: 'src/db.ts', line: 4 }],
    })
  })

  it('is settled by flag where there are several', async () => {
    const root = smallHost({
      [MIGRATION]: `CREATE TABLE auth.users (id uuid primary key, email text);
CREATE TABLE users (id serial primary key, email text);`,
    })
    expect(await problemsOf(root)).toMatchObject([
      {
        code: 'users_table_ambiguous',
        flag: '--users-table',
        evidence: [{ line: 1 }, { line: 2 }],
      },
    ])
    const { database } = await profileOf(root, { usersTable: 'public.users' })
    expect(database.users).toMatchObject({ source: 'flag', value: { table: 'users' } })
    const outside = await profileOf(root, { usersTable: 'auth.users' })
    expect(outside.database.users).toMatchObject({
      value: { table: 'auth.users', keyType: 'uuid' },
    })
    expect(await problemsOf(root, { usersTable: 'people' })).toMatchObject([
      { code: 'users_table_not_found' },
    ])
  })

  it.each([
    ['CREATE TABLE notes (id uuid primary key)'],
    ['CREATE TABLE users (org int, id int, PRIMARY KEY (org, id))'],
    ['CREATE TABLE users (id point primary key)'],
    ['CREATE TABLE users (id uuid)'],
  ])('is none, and said so, for %s', async (sql) => {
    const root = smallHost({ [MIGRATION]: sql })
    expect((await profileOf(root)).database.users).toBeNull()
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.database.users', value: 'none' }),
    )
  })
})

describe('migrations', () => {
  it('are run by node-pg-migrate where their names say so', async () => {
    const { migrations } = await databaseOf({
      'package.json': packageJson({ scripts: { migrate: 'node-pg-migrate up -m db/changes' } }),
      [MIGRATION]: null,
      'db/changes/20240101000000000_a.sql': 'CREATE TABLE users (id uuid primary key);',
      'db/changes/20990101000000000_add-billing-tables.sql': 'CREATE TABLE customers (id uuid);',
    })
    expect(migrations.value).toEqual({
      tool: 'node-pg-migrate',
      dir: 'db/changes',
      script: 'migrate',
      run: 'migrate',
      files: ['20240101000000000_a.sql'],
    })
  })

  it('are run by node-pg-migrate where its script says so, whatever their names', async () => {
    const { migrations } = await databaseOf({
      [MIGRATION]: null,
      'migrations/001_users.sql': 'CREATE TABLE users (id uuid primary key);',
    })
    expect(migrations.value).toMatchObject({ tool: 'node-pg-migrate', files: ['001_users.sql'] })
  })

  it("are run by the host's own script over a folder that it names", async () => {
    const { migrations, tables } = await databaseOf({
      'package.json': packageJson({
        scripts: { migrate: undefined, 'db:migrate': 'tsx scripts/migrate.ts' },
      }),
      [MIGRATION]: null,
      'scripts/migrate.ts': "const dir = join(root, 'database/sql-files')\n",
      'database/sql-files/001_init.sql': 'CREATE TABLE users (id uuid primary key);',
      'database/sql-files/002_notes.sql': 'CREATE TABLE notes (id uuid primary key);',
    })
    expect(migrations.value).toEqual({
      tool: 'sql-runner',
      dir: 'database/sql-files',
      script: 'db:migrate',
      run: 'migrate',
      files: ['001_init.sql', '002_notes.sql'],
    })
    expect(tables).toEqual(['users', 'notes'])
  })

  it('have the script that does the work, not a second name for it', async () => {
    const scripts = { migrate: 'npm run db:migrate', 'db:migrate': 'node-pg-migrate up' }
    const { migrations } = await databaseOf({ 'package.json': packageJson({ scripts }) })
    expect(migrations.value.script).toBe('db:migrate')
  })

  it('are kept apart from files that nothing runs', async () => {
    const manifest = {
      scripts: { migrate: undefined },
      dependencies: { 'node-pg-migrate': undefined },
    }
    const files: Files = {
      'package.json': packageJson(manifest),
      [MIGRATION]: null,
      'migrations/001_init.sql': 'CREATE TABLE users (id uuid primary key);',
    }
    const before = await databaseOf(files)
    expect(before.migrations.value).toEqual({
      tool: 'none',
      dir: 'migrations/billing',
      script: null,
      run: 'migrate',
      files: [],
    })
    const after = await databaseOf({
      ...files,
      'package.json': packageJson({
        scripts: { migrate: 'node-pg-migrate up -m migrations/billing' },
      }),
      'migrations/billing/20990101000000000_add-billing-tables.sql':
        'CREATE TABLE customers (id int);',
    })
    // By now the script is there, which this tool added: the same folder, and no file but ours.
    expect(after.migrations.value).toEqual({
      tool: 'node-pg-migrate',
      dir: 'migrations/billing',
      script: 'migrate',
      run: 'migrate',
      files: [],
    })
    expect(after.tables).toEqual(['users'])
  })

  it('are none in a host without any', async () => {
    const manifest = {
      scripts: { migrate: undefined },
      dependencies: { 'node-pg-migrate': undefined },
    }
    const root = smallHost({ 'package.json': packageJson(manifest), [MIGRATION]: null })
    expect((await profileOf(root)).database.migrations).toMatchObject({
      source: 'assumed',
      value: { tool: 'none', dir: 'migrations' },
    })
  })

  it.each<[string, string, Files]>([
    ['node-pg-migrate up', 'migrations', {}],
    ['node-pg-migrate up', 'migrations', { 'migrations/.gitkeep': '' }],
    ['node-pg-migrate up -m db/changes', 'db/changes', {}],
    ['node-pg-migrate up --migrations-dir=db/changes', 'db/changes', { 'db/changes/.keep': '' }],
    ['dotenv -e .env -- node-pg-migrate up', 'migrations', {}],
  ])('are made with %s in %s, before there is one', async (migrate, dir, files) => {
    const { migrations } = await databaseOf({
      'package.json': packageJson({ scripts: { migrate } }),
      [MIGRATION]: null,
      ...files,
    })
    expect(migrations).toMatchObject({
      source: 'detected',
      value: { tool: 'node-pg-migrate', dir, script: 'migrate', files: [] },
      evidence: [{ file: 'package.json' }],
    })
  })

  it('are the SQL files of a folder that the host’s own runner reads, before there is one', async () => {
    const { migrations } = await databaseOf({
      'package.json': packageJson({ scripts: { migrate: 'tsx scripts/migrate.ts' } }),
      [MIGRATION]: null,
      'scripts/migrate.ts':
        "const files = readdirSync('db/migrations').filter((name) => name.endsWith('.sql'))\n",
      'db/migrations/.gitkeep': '',
    })
    expect(migrations.value).toEqual({
      tool: 'sql-runner',
      dir: 'db/migrations',
      script: 'migrate',
      run: 'migrate',
      files: [],
    })
  })

  it.each([
    ['in its source', 'ts-node scripts/init.ts', "readFileSync(join('migrations', 'init.sql'))\n"],
    ['in its command', 'psql $DATABASE_URL -f migrations/init.sql', ''],
  ])('stand apart where the host’s script names its one file %s', async (_, migrate, source) => {
    const { migrations, tables } = await databaseOf({
      'package.json': packageJson({ scripts: { migrate } }),
      [MIGRATION]: null,
      'scripts/init.ts': source,
      'migrations/init.sql': 'CREATE TABLE users (id uuid primary key);',
    })
    expect(migrations.value).toMatchObject({
      tool: 'none',
      dir: 'migrations/billing',
      script: null,
      run: 'migrate:billing',
    })
    expect(tables).toEqual(['users'])
  })

  it('are not what a script runs that reads no SQL', async () => {
    const { migrations } = await databaseOf({
      'package.json': packageJson({
        scripts: { migrate: 'tsx scripts/migrate.ts' },
        dependencies: { 'node-pg-migrate': undefined },
      }),
      [MIGRATION]: null,
      'scripts/migrate.ts': "await moveFiles('data/migrated')\n",
      'data/migrated/.gitkeep': '',
    })
    expect(migrations.value.tool).toBe('none')
  })

  it.each([
    [
      '-- migrate:up\nCREATE TABLE users (id uuid primary key);\n-- migrate:down\nDROP TABLE users;',
    ],
    ['-- +goose Down\nDROP TABLE users;\n-- +goose Up\nCREATE TABLE users (id uuid primary key);'],
    ['-- down the road there are more\nCREATE TABLE users (id uuid primary key);'],
  ])('count only on the way up: %s', async (sql) => {
    expect((await databaseOf({ [MIGRATION]: sql })).tables).toEqual(['users'])
  })
})

describe('other databases', () => {
  it.each([
    ['mongoose', 'MongoDB'],
    ['mysql2', 'MySQL'],
    ['better-sqlite3', 'SQLite'],
  ])('%s is refused by its name', async (name, label) => {
    const root = smallHost({
      'package.json': packageJson({ dependencies: { pg: undefined, [name]: '1' } }),
    })
    const [problem] = await problemsOf(root)
    expect(problem).toMatchObject({
      code: 'database_not_supported',
      message: `This app keeps its data in ${label}.`,
    })
    expect(problem).not.toHaveProperty('flag')
  })

  it('may stand beside PostgreSQL', async () => {
    const manifest = packageJson({ dependencies: { mongoose: '8' } })
    expect((await databaseOf({ 'package.json': manifest })).stack.value).toBe('pg')
  })

  it('cannot be asked for by flag', async () => {
    expect(await problemsOf(smallHost(), { database: 'oracle' })).toMatchObject([
      { code: 'database_not_supported', flag: '--database' },
    ])
  })
})
