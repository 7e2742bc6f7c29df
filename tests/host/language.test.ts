import { describe, expect, it } from 'vitest'
import type { PackageProfile } from '../../src/types.js'
import { packageJson, problemsOf, profileOf, smallHost, type Files } from './support/small-host.js'

async function writtenIn(files: Files): Promise<Record<string, unknown>> {
  const { language, modules, importExtension }: PackageProfile = (await profileOf(smallHost(files)))
    .server.package
  return {
    language: language.value,
    modules: modules.value,
    importExtension: importExtension.value,
  }
}

const COMMONJS: Files = {
  'tsconfig.json': null,
  'package.json': packageJson({
    type: undefined,
    scripts: { dev: 'nodemon src/index.js' },
    devDependencies: { typescript: undefined },
  }),
  'src/index.ts': null,
  'src/app.ts': null,
  'src/auth.ts': null,
  'src/notes.ts': null,
  'src/db.ts': null,
  'src/index.js': "const { app } = require('./app')\napp.listen(3000)\n",
  'src/app.js': `const express = require('express')
const requireAuth = require('./auth')
const app = express()
app.use(express.json())
app.use('/api/notes', requireAuth, require('./notes'))
module.exports = { app }
`,
  'src/auth.js': `module.exports = (req, res, next) => {
  if (!req.headers.authorization) return res.status(401).end()
  req.user = { id: 1 }
  next()
}
`,
  'src/notes.js': `const router = require('express').Router()
const pool = require('./db')
router.get('/', async (req, res) => res.json(await pool.query('select $1', [req.user.id])))
module.exports = router
`,
  'src/db.js': `const { Pool } = require('pg')
const pool = new Pool({ connectionString: process.env.DATABASE_URL })
module.exports = pool
`,
}

describe('the language of a server', () => {
  it('is TypeScript in ES modules', async () => {
    const expected = { language: 'typescript', modules: 'esm', importExtension: '.js' }
    expect(await writtenIn({})).toEqual(expected)
  })

  it('is TypeScript that is compiled to CommonJS', async () => {
    const files = {
      'package.json': packageJson({ type: undefined }),
      'tsconfig.json': '{ "compilerOptions": { "module": "CommonJS" } }',
    }
    expect(await writtenIn(files)).toMatchObject({ language: 'typescript', modules: 'commonjs' })
  })

  it('is what an extended tsconfig.json compiles it to', async () => {
    const files = {
      'tsconfig.json': '{ "extends": "./tsconfig.base" }',
      'tsconfig.base.json': '{ "compilerOptions": { "module": "commonjs" } }',
    }
    expect(await writtenIn(files)).toMatchObject({ modules: 'commonjs' })
  })

  it('is JavaScript by require, also beside a tsconfig.json', async () => {
    const expected = { language: 'javascript', modules: 'commonjs', importExtension: '' }
    expect(await writtenIn(COMMONJS)).toEqual(expected)
    expect(await writtenIn({ ...COMMONJS, 'tsconfig.json': '{}' })).toEqual(expected)
  })

  it.each([
    { strict: ['src/app.js', 'src/auth.js', 'src/index.js'], expected: true },
    { strict: ['src/app.js'], expected: false },
  ])("begins with 'use strict' where most of its modules do: $strict", async (given) => {
    const begun = given.strict.map((file): [string, string] => [
      file,
      `'use strict'\n\n${COMMONJS[file] ?? ''}`,
    ])
    const host = await profileOf(smallHost({ ...COMMONJS, ...Object.fromEntries<string>(begun) }))
    expect(host.server.package.strictDirective).toBe(given.expected)
  })

  it('is JavaScript in ES modules, whose imports need their ending', async () => {
    const files = {
      ...COMMONJS,
      'package.json': packageJson({ scripts: { dev: 'node src/index.js' } }),
      'src/index.js':
        "import express from 'express'\nimport './db.js'\nconst app = express()\napp.listen(3000)\n",
      'src/app.js': null,
      'src/db.js':
        "import pg from 'pg'\nexport const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })\n",
    }
    const expected = { language: 'javascript', modules: 'esm', importExtension: '.js' }
    expect(await writtenIn(files)).toEqual(expected)
  })

  it('is JavaScript whose imports a compiler makes, without "type": "module"', async () => {
    const files = {
      ...COMMONJS,
      'src/index.js': "import { app } from './app'\napp.listen(3000)\n",
      'src/app.js':
        "import express from 'express'\nimport './db'\nexport const app = express()\napp.use(x)\n",
    }
    const expected = { language: 'javascript', modules: 'esm', importExtension: '' }
    expect(await writtenIn(files)).toEqual(expected)
  })
})

describe('what CommonJS code brings along is found', () => {
  it('with the names and ways in which it is exported', async () => {
    const { server, database } = await profileOf(smallHost(COMMONJS))
    expect(server.app.value).toMatchObject({
      file: 'src/app.js',
      exported: { name: 'app', default: false },
    })
    expect(server.login?.value).toMatchObject({
      middleware: { file: 'src/auth.js', name: 'requireAuth', default: true },
      userId: 'req.user.id',
    })
    expect(database.connection?.value).toMatchObject({ file: 'src/db.js', default: true })
    expect(server.scripts.value).toMatchObject({ command: 'node' })
  })
})

describe('path aliases are followed', () => {
  it.each<[string, Files]>([
    [
      'of an extended tsconfig.json',
      {
        'tsconfig.json': '{ "extends": "./config/base.json" }',
        'config/base.json': '{ "compilerOptions": { "paths": { "~/*": ["../src/*"] } } }',
        'src/app.ts': null,
        'src/index.ts': "import { app } from '~/web/app'\napp.listen(1)\n",
      },
    ],
    [
      'of baseUrl alone',
      {
        'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }',
        'src/app.ts': null,
        'src/index.ts': "import { app } from 'web/app'\napp.listen(1)\n",
      },
    ],
    [
      "of package.json's imports",
      {
        'package.json': packageJson({ imports: { '#web/*': { default: './src/web/*.js' } } }),
        'src/app.ts': null,
        'src/index.ts': "import { app } from '#web/app'\napp.listen(1)\n",
      },
    ],
    [
      'of module-alias',
      {
        'package.json': packageJson({ _moduleAliases: { '@web': 'src/web' } }),
        'src/app.ts': null,
        'src/index.ts': "import { app } from '@web/app'\napp.listen(1)\n",
      },
    ],
  ])('%s', async (_, files) => {
    const app = "import express from 'express'\nexport const app = express()\napp.use(x)\n"
    const { server } = await profileOf(smallHost({ ...files, 'src/web/app.ts': app }))
    expect(server.app.value.file).toBe('src/web/app.ts')
  })
})

describe('what the compiler takes', () => {
  async function compilerWith(options: Record<string, unknown>) {
    const tsconfig = JSON.stringify({ compilerOptions: options })
    return (await profileOf(smallHost({ 'tsconfig.json': tsconfig }))).server.package.compiler
  }

  it.each<[Record<string, unknown>, Record<string, boolean>]>([
    [{ module: 'NodeNext' }, { defaultImports: true, packageExports: true, errorOptions: true }],
    [
      { module: 'commonjs', target: 'es2020' },
      { packageExports: false, errorOptions: false },
    ],
    [{ module: 'ESNext', moduleResolution: 'Bundler' }, { packageExports: true }],
    [{ module: 'commonjs', moduleResolution: 'node' }, { packageExports: false }],
    [{ esModuleInterop: true }, { defaultImports: true }],
    [{ module: 'commonjs' }, { defaultImports: false }],
    [{ target: 'ES2020', lib: ['ES2022', 'DOM'] }, { errorOptions: true }],
    [{ skipLibCheck: true }, { skipsDeclarations: true }],
  ])('with %j', async (options, expected) => {
    expect(await compilerWith(options)).toMatchObject(expected)
  })

  it.each([
    ['typescript-eslint', true],
    ['@typescript-eslint/eslint-plugin', true],
    ['eslint', false],
  ])('beside %s', async (name, lintsReferences) => {
    const manifest = packageJson({ devDependencies: { [name]: '^8.0.0' } })
    const { compiler } = (await profileOf(smallHost({ 'package.json': manifest }))).server.package
    expect(compiler).toMatchObject({ lintsReferences })
  })
})

describe('settings under which nothing of ours is compiled are refused', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'imports as they are',
      { module: 'commonjs', verbatimModuleSyntax: true },
      ['verbatim_commonjs'],
    ],
    ['ES5', { module: 'commonjs', target: 'ES5' }, ['target_too_old']],
    [
      'ES5 with loops over Maps',
      { module: 'commonjs', target: 'ES5', downlevelIteration: true },
      ['target_too_old'],
    ],
  ])('%s', async (_, options, codes) => {
    const root = smallHost({
      'package.json': packageJson({ type: undefined }),
      'tsconfig.json': JSON.stringify({ compilerOptions: options }),
    })
    expect((await problemsOf(root)).map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    { module: 'NodeNext', verbatimModuleSyntax: true },
    { module: 'commonjs', target: 'ES6' },
    // Another configuration, or a bundler, makes CommonJS of what this one checks.
    { module: 'ESNext', moduleResolution: 'bundler', verbatimModuleSyntax: true },
  ])('and not %j', async (options) => {
    const tsconfig = JSON.stringify({ compilerOptions: options })
    const files = { 'package.json': packageJson({ type: undefined }), 'tsconfig.json': tsconfig }
    if (options.module === 'NodeNext') files['package.json'] = packageJson({})
    expect((await profileOf(smallHost(files))).root).not.toBe('')
  })
})
