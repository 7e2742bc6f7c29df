import { describe, expect, it } from 'vitest'
import { packageJson, profileOf, smallHost, type Files } from '../../host/support/small-host.js'

const MIGRATION = 'migrations/1700000000000_users.sql'

async function usersOf(packages: string[], files: Files) {
  const dependencies = Object.fromEntries(packages.map((name) => [name, '1']))
  const root = smallHost({
    'package.json': packageJson({ scripts: { migrate: undefined }, dependencies }),
    [MIGRATION]: null,
    ...files,
  })
  return (await profileOf(root)).database.users?.value ?? null
}

const knexfile = "export default { client: 'pg', connection: process.env.DATABASE_URL }"
const sequelize = {
  'src/db.ts':
    "import { Sequelize } from 'sequelize'\nexport const db = new Sequelize(process.env.DATABASE_URL, { dialect: 'postgres' })",
}
const typeorm = {
  'src/db.ts':
    "import { DataSource } from 'typeorm'\nexport const db = new DataSource({ type: 'postgres', url: process.env.DATABASE_URL })",
}
const drizzle = {
  'src/db.ts':
    "import { drizzle } from 'drizzle-orm/node-postgres'\nimport './schema.js'\nexport const db = drizzle(process.env.DATABASE_URL)",
}

function prisma(model: string): Files {
  return {
    'prisma/schema.prisma': `datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n${model}\n`,
  }
}

describe('the users table of models and migrations', () => {
  it.each<[string, string[], Files, object]>([
    [
      'Prisma, by the name of the model',
      ['@prisma/client'],
      prisma(
        'model User {\n  id    Int    @id @default(autoincrement())\n  email String @unique\n  posts Post[]\n}',
      ),
      { table: '"User"', key: 'id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'Prisma, mapped',
      ['@prisma/client'],
      prisma(
        'model User {\n  id    String @id @default(cuid()) @map("user_id") // never changes\n  email String @map("email_address") @db.Citext\n  @@map("users")\n}',
      ),
      { table: 'users', key: 'user_id', keyType: 'text', emailColumn: 'email_address' },
    ],
    [
      'Prisma, uuid in a schema',
      ['@prisma/client'],
      prisma('model Account {\n  id String @id @db.Uuid\n  @@schema("app")\n}'),
      { table: 'app."Account"', key: 'id', keyType: 'uuid', emailColumn: null },
    ],
    [
      'Prisma, in a package of its own, over several files',
      ['@prisma/client'],
      {
        'packages/db/prisma/base.prisma':
          'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
        'packages/db/prisma/user.prisma': 'model User {\n  id BigInt @id\n  @@map("users")\n}\n',
      },
      { table: 'users', key: 'id', keyType: 'bigint', emailColumn: null },
    ],
    [
      'Drizzle',
      ['drizzle-orm'],
      {
        ...drizzle,
        'src/schema.ts':
          "import { pgTable, serial, varchar } from 'drizzle-orm/pg-core'\nexport const users = pgTable('users', { id: serial('user_id').primaryKey(), email: varchar('email', { length: 255 }).notNull().unique() })",
      },
      { table: 'users', key: 'user_id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'Drizzle, with a function and without names',
      ['drizzle-orm'],
      {
        ...drizzle,
        'src/schema.ts':
          "import { pgTable } from 'drizzle-orm/pg-core'\nexport const user = pgTable('user', (t) => ({ id: t.uuid().primaryKey().defaultRandom(), email: t.text().notNull() }))",
      },
      { table: '"user"', key: 'id', keyType: 'uuid', emailColumn: 'email' },
    ],
    [
      'Knex migrations, the later ones last',
      ['knex'],
      {
        'knexfile.js': knexfile,
        'src/db.ts':
          "import knex from 'knex'\nimport config from '../knexfile.js'\nexport const db = knex(config)",
        'migrations/20200101000000_users.js':
          "export async function up(knex) {\n  await knex.schema.createTable('members', (table) => {\n    table.increments('user_id').primary()\n    table.string('email').notNullable()\n  })\n}\nexport async function down(knex) {\n  await knex.schema.dropTable('members')\n}",
        'migrations/20210101000000_rename.js':
          "exports.up = (knex) => knex.schema.renameTable('members', 'users')\nexports.down = (knex) => knex.schema.renameTable('users', 'members')",
      },
      { table: 'users', key: 'user_id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'Sequelize, defined',
      ['sequelize'],
      {
        ...sequelize,
        'src/models/user.js':
          "module.exports = (sequelize, DataTypes) => sequelize.define('User', { email: DataTypes.STRING })",
      },
      { table: '"Users"', key: 'id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'Sequelize, a class with its own names',
      ['sequelize'],
      {
        ...sequelize,
        'src/models/user.ts':
          "import { DataTypes, Model } from 'sequelize'\nexport class User extends Model {}\nUser.init({ userId: { type: DataTypes.UUID, primaryKey: true, field: 'user_id' }, email: { type: DataTypes.STRING(120) } }, { sequelize, tableName: 'users', modelName: 'user' })",
      },
      { table: 'users', key: 'user_id', keyType: 'uuid', emailColumn: 'email' },
    ],
    [
      'Sequelize, only its migrations',
      ['sequelize'],
      {
        ...sequelize,
        'migrations/20200101000000-users.js':
          "module.exports = { up: async (queryInterface, Sequelize) => { await queryInterface.createTable('accounts', { id: { type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true }, email: Sequelize.STRING }) }, down: (queryInterface) => queryInterface.dropTable('accounts') }",
      },
      { table: 'accounts', key: 'id', keyType: 'bigint', emailColumn: 'email' },
    ],
    [
      'Sequelize, with the types by their names',
      ['sequelize'],
      {
        ...sequelize,
        'src/models/user.js':
          'module.exports = ({ sequelize, Sequelize: { STRING, INTEGER } }) => sequelize.define(`User`, { userId: { type: INTEGER, primaryKey: true }, email: { type: STRING } }, { freezeTableName: true })',
      },
      { table: '"User"', key: '"userId"', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'Kysely migrations',
      ['kysely'],
      {
        'src/db.ts':
          "import { Kysely, PostgresDialect } from 'kysely'\nimport { Pool } from 'pg'\nexport const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ connectionString: process.env.DATABASE_URL }) }) })",
        'src/migrations/01_users.ts':
          "export const up = (db) => db.schema.createTable('users').addColumn('id', 'serial', (column) => column.primaryKey()).addColumn('email', 'text').execute()\nexport const down = (db) => db.schema.dropTable('users').execute()",
      },
      { table: 'users', key: 'id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'TypeORM, with a base class',
      ['typeorm'],
      {
        ...typeorm,
        'src/entities/base.ts':
          "import { PrimaryGeneratedColumn } from 'typeorm'\nexport abstract class Base { @PrimaryGeneratedColumn('uuid') id!: string }",
        'src/entities/user.ts':
          "import { Column, Entity } from 'typeorm'\nimport { Base } from './base.js'\n@Entity('users')\nexport class User extends Base { @Column({ unique: true }) email!: string }",
      },
      { table: 'users', key: 'id', keyType: 'uuid', emailColumn: 'email' },
    ],
    [
      'TypeORM, by the name of the class',
      ['typeorm'],
      {
        ...typeorm,
        'src/entity/User.ts':
          "import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'\n@Entity()\nexport class User { @PrimaryGeneratedColumn() id: number\n@Column() email: string }",
      },
      { table: '"user"', key: 'id', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'SQL in a folder of any name',
      [],
      { 'infra/postgres/01-base.sql': 'CREATE TABLE users (uid serial PRIMARY KEY, email text);' },
      { table: 'users', key: 'uid', keyType: 'integer', emailColumn: 'email' },
    ],
    [
      'SQL in a script that sets the database up',
      [],
      {
        'src/scripts/init-db.js':
          'await pool.query(`CREATE TABLE IF NOT EXISTS "user" (id BIGSERIAL PRIMARY KEY, email TEXT)`)',
      },
      { table: '"user"', key: 'id', keyType: 'bigint', emailColumn: 'email' },
    ],
    [
      'only referred to',
      [],
      {
        'sql/notes.sql':
          'CREATE TABLE notes (id serial, owner uuid NOT NULL REFERENCES users(user_id));',
      },
      { table: 'users', key: 'user_id', keyType: 'uuid', emailColumn: null },
    ],
    [
      'only referred to by a constraint',
      [],
      {
        'sql/notes.sql':
          'CREATE TABLE notes (id serial, owner int, FOREIGN KEY (owner) REFERENCES auth.users (id) ON DELETE CASCADE);',
      },
      { table: 'auth.users', key: 'id', keyType: 'integer', emailColumn: null },
    ],
  ])('is found: %s', async (_, packages, files, users) => {
    expect(await usersOf(packages, files)).toEqual(users)
  })

  it('is what the models say, where SQL beside them is older', async () => {
    const old = { 'db/schema.sql': 'CREATE TABLE users (id serial PRIMARY KEY, email text);' }
    const model = prisma(
      'model User {\n  id String @id @db.Uuid\n  email String\n  @@map("users")\n}',
    )
    expect(await usersOf(['@prisma/client'], { ...old, ...model })).toMatchObject({
      table: 'users',
      keyType: 'uuid',
    })
  })
})
