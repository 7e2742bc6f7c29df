import { posix } from 'node:path'
import { logicalPathOf } from '../render/engine.js'
import { unnumbered } from '../render/migration-file.js'
import { templateNames } from '../render/template-names.js'

/**
 * The files that this tool made, known by where their templates say that they lie. Detection does
 * not go through them, so that a second run finds out the same about the host as the first one
 * did. Of the modules, only those are passed over through which the host's own code reaches the
 * rest; they are declared, because a name like `retry.ts` is anybody's.
 */
const MODULES = templateNames.entryPoints.map(belowItsRoot).map(withoutEnding)
const MADE = templateNames.templates.map(logicalPathOf)
const TESTS = new Set(madeIn('tests').map(withoutEnding))
const MIGRATIONS = new Set(madeIn('migrations'))
const IN_CLIENT = madeIn('client').map(withoutEnding)

/** @param path of a file in the host */
export function isOwnModule(path: string): boolean {
  const module = withoutEnding(path).replace(/\bmiddlewares\//, 'middleware/')
  return MODULES.some((own) => module === own || module.endsWith(`/${own}`))
}

/** @param path of a module of the front end: any that this tool made, not the first of them alone */
export function isOwnInClient(path: string): boolean {
  const module = withoutEnding(path)
  return IN_CLIENT.some((own) => module.endsWith(`/${own}`))
}

/** @param specifier as the module `from` has it in an import */
export function isOwnImport(from: string, specifier: string): boolean {
  const isRelative = specifier.startsWith('.')
  return isOwnModule(isRelative ? posix.join(posix.dirname(from), specifier) : specifier)
}

/** @param name of a file in the folder of the migrations */
export function isOwnMigration(name: string): boolean {
  return MIGRATIONS.has(unnumbered(name))
}

/** @param path of a test below the folder of the tests */
export function isOwnTest(path: string): boolean {
  return TESTS.has(withoutEnding(path).replace(/\.vitest$/, '.test'))
}

function madeIn(root: string): string[] {
  return MADE.filter((logical) => logical.startsWith(`${root}/`)).map(belowItsRoot)
}

function belowItsRoot(logical: string): string {
  return logical.slice(logical.indexOf('/') + 1)
}

function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '')
}
