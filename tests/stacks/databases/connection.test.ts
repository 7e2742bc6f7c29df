import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from '../../host/support/small-host.js'

async function settingsOf(changes: Files) {
  const { database } = await profileOf(smallHost(changes))
  const entries = database.settings.map(({ option, expression }) => [option, expression])
  return {
    stack: database.stack.value,
    schema: database.schema,
    options: Object.fromEntries(entries.filter(([, expression]) => expression !== null)) as Record<
      string,
      string
    >,
    variables: database.settings.flatMap(({ variables }) => variables),
  }
}

function using(packages: string[], files: Files): Files {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1']))
  return { 'package.json': packageJson({ dependencies }), ...files }
}

const DATABASE_URL = { connectionString: "process.env['DATABASE_URL']" }
const PARTS = {
  host: "process.env['DB_HOST']",
  user: "process.env['DB_USER']",
  password: "process.env['DB_PASSWORD']",
  database: "process.env['DB_NAME']",
}

it('knows the parts of an address that is put together in development alone', async () => {
  const { database } = await profileOf(
    smallHost({
      'src/db.ts': `import { Pool } from 'pg'
const local = \`postgresql://\${process.env.DB_USER}:\${process.env.DB_PASSWORD}@\${process.env.DB_HOST}:\${process.env.DB_PORT}/\${process.env.DB_NAME}\`
const deployed = process.env.DATABASE_URL
export const pool = new Pool({
  connectionString: process.env.NODE_ENV === 'production' ? deployed : local,
  ssl: { rejectUnauthorized: false },
})`,
    }),
  )
  const [address] = database.settings
  expect(address).toMatchObject({
    option: 'connectionString',
    variables: ['DATABASE_URL', 'DB_USER', 'DB_PASSWORD', 'DB_HOST', 'DB_PORT', 'DB_NAME'],
    parts: {
      DB_USER: 'user',
      DB_PASSWORD: 'password',
      DB_HOST: 'host',
      DB_PORT: 'port',
      DB_NAME: 'database',
    },
  })
})

describe("the settings of billing's own pool", () => {
  it.each<[string, Files, object]>([
    [
      'a template of parts',
      {
        'src/db.ts': `import { Pool } from 'pg'
const { DB_HOST, DB_USER, DB_PASSWORD, DB_NAME } = process.env
const connectionString = \`postgresql://\${DB_USER}:\${encodeURIComponent(DB_PASSWORD)}@\${DB_HOST}:5432/\${DB_NAME}\`
const pool = new Pool({ connectionString })
export const query = (text) => pool.query(text)`,
      },
      { ...PARTS, port: "Number(process.env['PGPORT'] ?? '5432')" },
    ],
    [
      'parts of a configuration with defaults',
      {
        'src/config.ts': `export const config = {
  db: { host: process.env.DB_HOST || 'localhost', port: parseInt(process.env.DB_PORT || '5432', 10), user: need('DB_USER'), password: env.DB_PASSWORD, name: env.DB_NAME },
}`,
        'src/db.ts': `import { Client } from 'pg'
import { config } from './config.js'
export const client = new Client({ ...config.db, database: config.db.name })`,
      },
      {
        ...PARTS,
        host: "process.env['DB_HOST'] || 'localhost'",
        port: "Number(process.env['DB_PORT'] || '5432')",
      },
    ],
    [
      'fixed values, without the password',
      {
        'src/db.ts': `import { Pool } from 'pg'
export default { pool: new Pool({ host: 'localhost', user: 'postgres', password: 'hunter2', port: 5432, database: 'todo' }) }`,
      },
      {
        host: "process.env['PGHOST'] ?? 'localhost'",
        port: "Number(process.env['PGPORT'] ?? '5432')",
        user: "process.env['PGUSER'] ?? 'postgres'",
        password: "process.env['PGPASSWORD']",
        database: "process.env['PGDATABASE'] ?? 'todo'",
      },
    ],
    [
      'one of two by a condition',
      {
        'src/db.ts': `import pg from 'pg'
const production = { connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } }
const local = { database: 'todo' }
const pool = new pg.Pool(process.env.NODE_ENV === 'production' ? production : local)
export const db = { query: pool.query.bind(pool) }`,
      },
      {
        connectionString:
          "process.env['NODE_ENV'] === 'production' ? process.env['DATABASE_URL'] : undefined",
        ssl: "process.env['NODE_ENV'] === 'production' ? { rejectUnauthorized: false } : undefined",
        database:
          "process.env['PGDATABASE'] ?? (process.env['NODE_ENV'] === 'production' ? undefined : 'todo')",
      },
    ],
    [
      'TLS always',
      {
        'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { rejectUnauthorized: false } })`,
      },
      { ...DATABASE_URL, ssl: 'isLocal ? false : { rejectUnauthorized: false }' },
    ],
    [
      'TLS as the default of every connection',
      {
        'src/db.ts': `import pg, { Client } from 'pg'
if (process.env.DATABASE_URL) {
  pg.defaults.ssl = { rejectUnauthorized: false }
}
const client = new Client({ connectionString: process.env.DATABASE_URL })
export const query = (text) => client.query(text)`,
      },
      {
        ...DATABASE_URL,
        ssl: "isLocal ? false : (process.env['DATABASE_URL'] ? { rejectUnauthorized: false } : undefined)",
      },
    ],
    [
      'TLS with a mode that no driver has',
      {
        'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: process.env.NODE_ENV === 'DEVELOPMENT' ? { rejectUnauthorized: false, sslMode: 'require' } : undefined })`,
      },
      {
        ...DATABASE_URL,
        ssl: "isLocal ? false : (process.env['NODE_ENV'] === 'DEVELOPMENT' ? { rejectUnauthorized: false } : undefined)",
      },
    ],
    [
      'TLS from what cannot be followed',
      {
        'src/db.ts': `import { Pool } from 'pg'
import fs from 'node:fs'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { ca: fs.readFileSync('ca.pem') } })`,
      },
      { ...DATABASE_URL, ssl: 'isLocal ? false : true' },
    ],
    [
      'TLS by the address',
      {
        'src/db.ts': `import { Pool } from 'pg'
const url = process.env.DATABASE_URL
const pool = new Pool({ connectionString: url, ssl: url?.includes('localhost') ? false : { rejectUnauthorized: false } })
export const query = (text) => pool.query(text)`,
      },
      {
        ...DATABASE_URL,
        ssl: "process.env['DATABASE_URL']?.includes('localhost') ? false : { rejectUnauthorized: false }",
      },
    ],
    [
      'TLS that is not checked, with what cannot be followed',
      {
        'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: { ca: read(), rejectUnauthorized: false } })`,
      },
      { ...DATABASE_URL, ssl: 'isLocal ? false : { rejectUnauthorized: false }' },
    ],
    [
      'TLS by a variable, whose text would always be true',
      {
        'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, ssl: booleanEnv('DB_SSL', false) })`,
      },
      {
        ...DATABASE_URL,
        ssl: "isLocal ? false : (process.env['DB_SSL'] === 'true' ? true : false)",
      },
    ],
  ])('are those of the host: %s', async (_, files, options) => {
    expect((await settingsOf(files)).options).toEqual(options)
  })

  it('have the TLS that the example has a variable for, where it cannot be followed', async () => {
    const db = `import { Pool } from 'pg'
export const open = (config) => new Pool({ connectionString: process.env.DATABASE_URL, ssl: config.ssl })`
    const files = { 'src/db.ts': db, '.env.example': 'DATABASE_URL=\nDB_SSL=false\n' }
    expect((await settingsOf(files)).options).toEqual({
      ...DATABASE_URL,
      ssl: "isLocal ? false : (process.env['DB_SSL'] === 'true' ? true : false)",
    })
    expect((await settingsOf({ 'src/db.ts': db })).options).toEqual(DATABASE_URL)
    expect(await assumptionsOf(smallHost({ 'src/db.ts': db }))).toContainEqual(
      expect.objectContaining({ field: 'host.database.tls', value: 'PGSSLMODE' }),
    )
  })

  it('do not repeat a password, and say where it stands', async () => {
    const root = smallHost({
      'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool('postgres://app:hunter2@db.example.com/app')`,
    })
    const profile = await profileOf(root)
    expect(JSON.stringify(profile)).not.toContain('hunter2')
    expect(profile.database.newVariables).toEqual(['DATABASE_URL'])
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({
        value: 'DATABASE_URL',
        reason: expect.stringContaining('src/db.ts:2') as string,
      }),
    )
  })

  it('are those that the example of the environment names, where the code does not show them', async () => {
    const files = {
      'src/db.ts': "import { Pool } from 'pg'\nexport const open = (config) => new Pool(config)",
      '.env.example': 'PORT=3000\nPOSTGRES_URL=\nTEST_DATABASE_URL=\n',
    }
    expect((await settingsOf(files)).variables).toEqual(['POSTGRES_URL'])
    const parts = { ...files, '.env.example': 'DB_HOST=\nDB_USER=\nDB_PASSWORD=\nDB_NAME=\n' }
    expect((await settingsOf(parts)).options).toEqual(PARTS)
  })
})

it('says that row level security holds for billing too', async () => {
  const root = smallHost({
    'migrations/1700000000001_policies.sql': 'ALTER TABLE users ENABLE ROW LEVEL SECURITY;',
  })
  expect(await assumptionsOf(root)).toContainEqual(
    expect.objectContaining({
      field: 'host.database.rowSecurity',
      reason: expect.stringContaining('users has row level security') as string,
    }),
  )
})

describe('layers over PostgreSQL', () => {
  const noPool = {
    'src/db.ts': null,
    'src/notes.ts':
      "import { Router } from 'express'\nimport { db } from './data.js'\nexport const notes = Router()\n",
  }

  it.each<[string, string[], Files, object]>([
    [
      'prisma',
      ['@prisma/client'],
      {
        ...noPool,
        'src/data.ts':
          "import { PrismaClient } from '@prisma/client'\nexport const db = new PrismaClient()",
        'prisma/schema.prisma':
          'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
      },
      DATABASE_URL,
    ],
    [
      'drizzle',
      ['drizzle-orm', 'postgres'],
      {
        ...noPool,
        'src/data.ts':
          "import { drizzle } from 'drizzle-orm/postgres-js'\nimport postgres from 'postgres'\nconst client = postgres(process.env.DATABASE_URL!, { ssl: process.env.DB_TLS === 'on' ? 'require' : false })\nexport const db = drizzle(client)",
      },
      {
        ...DATABASE_URL,
        ssl: "isLocal ? false : (process.env['DB_TLS'] === 'on' ? { rejectUnauthorized: false } : false)",
      },
    ],
    [
      'drizzle',
      ['drizzle-orm', '@neondatabase/serverless'],
      {
        ...noPool,
        'src/data.ts':
          "import { Pool } from '@neondatabase/serverless'\nimport { drizzle } from 'drizzle-orm/neon-serverless'\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL })\nexport const db = drizzle({ client: pool })",
      },
      DATABASE_URL,
    ],
    [
      'knex',
      ['knex'],
      {
        ...noPool,
        'src/data.ts':
          "import knex from 'knex'\nexport const db = knex({ client: 'pg', connection: { host: process.env.DB_HOST, user: process.env.DB_USER, password: process.env.DB_PASSWORD, database: process.env.DB_NAME } })",
      },
      PARTS,
    ],
    [
      'knex',
      ['knex'],
      {
        ...noPool,
        'src/data.ts':
          "const environment = process.env.NODE_ENV || 'development'\nimport configs from '../knexfile.js'\nimport knex from 'knex'\nexport const db = knex(configs[environment])",
        'knexfile.js':
          "export default { development: { client: 'pg', connection: { database: 'todo' } }, production: { client: 'pg', connection: process.env.DATABASE_URL } }",
      },
      {
        connectionString:
          "process.env['NODE_ENV'] === 'production' ? process.env['DATABASE_URL'] : undefined",
        database:
          "process.env['PGDATABASE'] ?? (process.env['NODE_ENV'] === 'production' ? undefined : 'todo')",
      },
    ],
    [
      'sequelize',
      ['sequelize'],
      {
        ...noPool,
        'src/data.ts':
          "import { Sequelize } from 'sequelize'\nexport const db = new Sequelize(process.env.DB_NAME, process.env.DB_USER, process.env.DB_PASSWORD, { host: process.env.DB_HOST, dialect: 'postgres' })",
      },
      PARTS,
    ],
    [
      'sequelize',
      ['sequelize'],
      {
        ...noPool,
        'src/data.ts':
          "import { Sequelize } from 'sequelize'\nexport const db = new Sequelize(process.env.DATABASE_URL, { dialect: 'postgres', dialectOptions: { ssl: { require: true, rejectUnauthorized: false } } })",
      },
      { ...DATABASE_URL, ssl: 'isLocal ? false : { rejectUnauthorized: false }' },
    ],
    [
      'sequelize',
      ['sequelize'],
      {
        ...noPool,
        'config/config.json':
          '{ "production": { "use_env_variable": "DATABASE_URL", "dialect": "postgres" } }',
        'src/data.ts':
          "import { Sequelize } from 'sequelize'\nconst config = load()\nexport const db = new Sequelize(config.database, config.username, config.password, config)",
      },
      DATABASE_URL,
    ],
    [
      'typeorm',
      ['typeorm'],
      {
        ...noPool,
        'src/data.ts':
          "import { DataSource } from 'typeorm'\nexport const db = new DataSource({ type: 'postgres', host: process.env.DB_HOST, username: process.env.DB_USER, password: process.env.DB_PASSWORD, database: process.env.DB_NAME, entities: [] })",
      },
      PARTS,
    ],
    [
      'pg-promise',
      ['pg-promise'],
      {
        ...noPool,
        'src/data.ts':
          "import pgPromise from 'pg-promise'\nconst pgp = pgPromise({})\nexport const db = pgp(process.env.DATABASE_URL)",
      },
      DATABASE_URL,
    ],
    [
      'postgres-js',
      ['postgres'],
      {
        ...noPool,
        'src/data.ts':
          "import postgres from 'postgres'\nexport const db = postgres({ host: process.env.DB_HOST, username: process.env.DB_USER, pass: process.env.DB_PASSWORD, database: process.env.DB_NAME })",
      },
      PARTS,
    ],
    [
      'slonik',
      ['slonik'],
      {
        ...noPool,
        'src/data.ts':
          "import { createPool } from 'slonik'\nexport const db = await createPool(process.env.DATABASE_URL)",
      },
      DATABASE_URL,
    ],
    [
      'kysely',
      ['kysely'],
      {
        ...noPool,
        'src/data.ts':
          "import { Kysely, PostgresDialect } from 'kysely'\nimport { Pool } from 'pg'\nexport const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }) })",
      },
      DATABASE_URL,
    ],
    [
      'mikro-orm',
      ['@mikro-orm/core', '@mikro-orm/postgresql'],
      {
        ...noPool,
        'src/data.ts':
          "import { MikroORM } from '@mikro-orm/core'\nexport const db = await MikroORM.init({ clientUrl: process.env.DATABASE_URL, type: 'postgresql' })",
      },
      DATABASE_URL,
    ],
    [
      'supabase',
      ['@supabase/supabase-js'],
      {
        ...noPool,
        'package.json': packageJson({
          dependencies: { pg: undefined, '@supabase/supabase-js': '2' },
        }),
        'src/data.ts':
          "import { createClient } from '@supabase/supabase-js'\nexport const db = createClient(process.env.SUPABASE_URL, process.env.SUPABASE_KEY)",
        '.env.example': 'SUPABASE_URL=\nDATABASE_URL=\n',
      },
      DATABASE_URL,
    ],
  ])('%s has its settings where it is given them: %j', async (stack, packages, files, options) => {
    const found = await settingsOf(using(packages, files))
    expect({ stack: found.stack, options: found.options }).toEqual({ stack, options })
  })

  it.each([
    ['prisma', true],
    ['knex', false],
  ])("%s has billing's tables in a schema of their own: %s", async (name, isApart) => {
    const files =
      name === 'prisma'
        ? {
            'prisma/schema.prisma':
              'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
          }
        : {
            'src/db.ts':
              "import knex from 'knex'\nexport const db = knex({ client: 'pg', connection: process.env.DATABASE_URL })",
          }
    expect((await settingsOf(using([name], files))).schema).toBe(isApart ? 'billing' : null)
  })

  it.each<[string[], Files, string]>([
    [
      ['@prisma/client'],
      {
        'prisma/schema.prisma':
          'datasource db {\n  provider = "mysql"\n  url = env("DATABASE_URL")\n}\n',
      },
      'Prisma is used with mysql',
    ],
    [
      ['sequelize'],
      {
        'src/db.ts':
          "import { Sequelize } from 'sequelize'\nexport const db = new Sequelize({ dialect: 'sqlite', storage: 'a.db' })",
      },
      'Sequelize is used with sqlite',
    ],
    [
      ['knex'],
      {
        'src/db.ts':
          "import knex from 'knex'\nexport const db = knex({ client: 'better-sqlite3', connection: { filename: 'a.db' } })",
      },
      'Knex is used with better-sqlite3',
    ],
    [
      ['typeorm'],
      {
        'src/db.ts':
          "import { DataSource } from 'typeorm'\nexport const db = new DataSource({ type: 'mysql', host: 'x' })",
      },
      'TypeORM is used with mysql',
    ],
  ])('%s over another database is refused as that', async (packages, files, message) => {
    const { problemsOf } = await import('../../host/support/small-host.js')
    const dependencies = {
      pg: undefined,
      ...Object.fromEntries(packages.map((name) => [name, '1'])),
    }
    const root = smallHost({
      ...noPool,
      ...files,
      'src/notes.ts':
        "import { Router } from 'express'\nimport { db } from './db.js'\nexport const notes = Router()\n",
      'package.json': packageJson({ dependencies }),
    })
    const [problem] = await problemsOf(root)
    expect(problem?.message).toContain(message)
  })

  it("Supabase's HTTP API alone is refused, with what would help", async () => {
    const { problemsOf } = await import('../../host/support/small-host.js')
    const files = {
      ...noPool,
      'package.json': packageJson({
        dependencies: { pg: undefined, '@supabase/supabase-js': '2' },
      }),
      'src/data.ts':
        "import { createClient } from '@supabase/supabase-js'\nexport const db = createClient(process.env.SUPABASE_URL, process.env.SUPABASE_KEY)",
    }
    const [problem] = await problemsOf(smallHost(files))
    expect(problem).toMatchObject({
      code: 'database_not_supported',
      hint: expect.stringContaining('DATABASE_URL') as string,
    })
  })
})

describe('a setting that a function of the host gives', () => {
  const through = (code: string): Files => ({
    'src/db.ts': `import { Pool } from 'pg'
${code}
const pool = new Pool({ host: given(process.env.DB_HOST), database: 'todo' })
export const query = (text) => pool.query(text)`,
  })

  it.each([
    'function given(value) { if (!value) throw new Error(); return value }',
    "const given = (value) => value ?? 'localhost'",
    'function given(value, other) { const text = value || other; return text.trim() }',
  ])('is its argument where it gives that back: %s', async (code) => {
    const { options } = await settingsOf(through(code))
    expect(options['host']).toBe("process.env['DB_HOST']")
  })

  it.each([
    'const given = (url) => url.match(/[^.]+/)[0]',
    "function given(name) { return name + '.example.com' }",
    'function given(name) { return lookup(name) }',
  ])('is never its argument where it makes another of it: %s', async (code) => {
    const { options, variables } = await settingsOf(through(code))
    expect(options['host'] ?? '').not.toContain('DB_HOST')
    expect(variables).not.toContain('DB_HOST')
  })
})

describe('one of two connections', () => {
  const first = 'new Pool({ connectionString: process.env.POSTGRES_URL })'
  const second = 'new Pool({ host: process.env.DB_HOST, database: process.env.DB_NAME })'
  const hidden = 'export const query = (text) => pool.query(text)'

  it.each([
    `const pool = process.env.NODE_ENV === 'production' ? ${first} : ${second}`,
    `const isLive = process.env.NODE_ENV === 'production'
let pool
if (isLive) {
  console.log('live')
  pool = ${first}
} else {
  pool = ${second}
}`,
    `let pool
if (process.env.NODE_ENV === 'production') pool = ${first}
else pool = ${second}`,
  ])('is the one that the host takes: %s', async (code) => {
    const { options } = await settingsOf({
      'src/db.ts': ["import { Pool } from 'pg'", code, hidden].join('\n'),
    })
    expect(options).toMatchObject({
      connectionString:
        "process.env['NODE_ENV'] === 'production' ? process.env['POSTGRES_URL'] : undefined",
      host: "process.env['NODE_ENV'] === 'production' ? undefined : process.env['DB_HOST']",
      database: "process.env['NODE_ENV'] === 'production' ? undefined : process.env['DB_NAME']",
    })
  })

  it('is read by its own arguments where the two take others', async () => {
    const code = `import { Sequelize } from 'sequelize'
export let sequelize
if (process.env.DATABASE_URL) {
  sequelize = new Sequelize(process.env.DATABASE_URL, { dialect: 'postgres' })
} else {
  sequelize = new Sequelize(process.env.DB_NAME || 'portfolio', process.env.DB_USER, 'secret', {
    host: process.env.DB_HOST,
    dialect: 'postgres',
  })
}
`
    const { options } = await settingsOf(using(['sequelize'], { 'src/db.ts': code }))
    expect(options).toMatchObject({
      connectionString: "process.env['DATABASE_URL'] ? process.env['DATABASE_URL'] : undefined",
      database: "process.env['DATABASE_URL'] ? undefined : process.env['DB_NAME'] || 'portfolio'",
      host: "process.env['DATABASE_URL'] ? undefined : process.env['DB_HOST']",
    })
  })
})
