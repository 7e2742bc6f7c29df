import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ts } from 'ts-morph'
import { describe, expect, it, onTestFinished } from 'vitest'
import { HostFiles } from '../../src/host/host-files.js'
import { resolveExpression } from '../../src/host/source/expression.js'
import { Sources } from '../../src/host/source/sources.js'

function sourcesOf(files: Record<string, string>): Sources {
  const root = mkdtempSync(join(tmpdir(), 'common-js-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return new Sources(new HostFiles(root), ts)
}

/** Where the last statement of app.js, an expression, leads: 'file#name text'. */
function leadsTo(app: string, files: Record<string, string> = {}): string | null {
  const sources = sourcesOf({ 'app.js': app, ...files })
  const last = sources.parse('app.js')?.statements.at(-1)
  if (!last || !ts.isExpressionStatement(last)) throw new Error('The last is no expression')
  const found = resolveExpression(sources, 'app.js', last.expression)
  return found && `${found.file}#${found.name} ${found.node?.getText() ?? ''}`.trim()
}

describe('what is required', () => {
  const auth = { 'auth.js': 'function requireAuth() {}\nmodule.exports = { requireAuth }' }
  const bare = { 'auth.js': 'function requireAuth() {}\nmodule.exports = requireAuth' }
  const found = 'auth.js#requireAuth function requireAuth() {}'

  it.each([
    ['by name', "const { requireAuth } = require('./auth')\nrequireAuth", auth],
    ['by another name', "const { requireAuth: guard } = require('./auth')\nguard", auth],
    ['as a whole', "const auth = require('./auth')\nauth.requireAuth", auth],
    ['in place', "require('./auth').requireAuth", auth],
    ['as a member', "const guard = require('./auth').requireAuth\nguard", auth],
    ['that is one function', "const auth = require('./auth')\nauth", bare],
    ['that is one function, in place', "require('./auth')", bare],
    [
      'that passes it on',
      "const { requireAuth } = require('./middleware')\nrequireAuth",
      { ...auth, 'middleware/index.js': "module.exports = { ...require('../auth') }" },
    ],
    [
      'that is all of another module',
      "const auth = require('./middleware')\nauth.requireAuth",
      { ...auth, 'middleware.js': "module.exports = require('./auth')" },
    ],
    [
      'that holds a module under a name',
      "const { auth } = require('./middleware')\nauth",
      { ...bare, 'middleware.js': "module.exports = { auth: require('./auth') }" },
    ],
    [
      'that names its exports before it gives them',
      "const { requireAuth } = require('./auth')\nrequireAuth",
      { 'auth.js': 'function requireAuth() {}\nconst api = { requireAuth }\nmodule.exports = api' },
    ],
    [
      'by TypeScript',
      "import auth = require('./auth')\nauth",
      { 'auth.ts': 'function requireAuth() {}\nexport = requireAuth' },
    ],
  ])('leads to its code: %s', (_, app, files: Record<string, string>) => {
    expect(leadsTo(app, files)).toBe(found.replace('auth.js', Object.keys(files)[0] ?? ''))
  })

  it.each([
    ['exports.guard = (req, res) => res.end()', '(req, res) => res.end()'],
    ['module.exports.guard = function () {}', 'function () {}'],
    ['const guard = (exports.guard = () => 1)', '() => 1'],
    ['module.exports = exports = { guard() {} }', 'guard() {}'],
    ['module.exports = { guard: async () => {} }', 'async () => {}'],
  ])('leads to the code of %s', (text, code) => {
    const found = leadsTo("const { guard } = require('./auth')\nguard", { 'auth.js': text })
    expect(found).toBe(`auth.js#guard ${code}`)
  })

  it('leads into a package', () => {
    expect(leadsTo("const passport = require('passport')\npassport.authenticate")).toBe(
      'passport#authenticate',
    )
    expect(leadsTo("const { Router } = require('express')\nRouter")).toBe('express#Router')
  })

  it('says nothing of exports.default, which no two ways of importing read alike', () => {
    const files = { 'auth.js': 'exports.default = function guard() {}' }
    expect(leadsTo("const auth = require('./auth')\nauth", files)).toBeNull()
  })
})

describe('what a CommonJS module exports', () => {
  it.each([
    ['const pool = 1\nmodule.exports = pool', 'pool', { name: 'pool', default: true }],
    ['const pool = 1\nmodule.exports = { pool }', 'pool', { name: 'pool', default: false }],
    ['const pool = 1\nmodule.exports = { db: pool }', 'pool', { name: 'db', default: false }],
    ['const pool = 1\nexports.pool = pool', 'pool', { name: 'pool', default: false }],
    ['exports.pool = 1', 'pool', { name: 'pool', default: false }],
    ['module.exports = () => {}', 'default', { name: 'requireAuth', default: true }],
    ['const pool = 1', 'pool', null],
  ])('%j', (text, local, exported) => {
    const sources = sourcesOf({ 'require-auth.js': text })
    expect(sources.exportOf('require-auth.js', local)).toEqual(exported)
  })
})
