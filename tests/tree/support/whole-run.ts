import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { begin } from '../../../src/tree/apply.js'
import { contentHash } from '../../../src/tree/content-hash.js'
import type { Step } from '../../../src/tree/durable.js'
import type { Outcome } from '../../../src/tree/errors.js'
import { recover } from '../../../src/tree/recover.js'
import { undo } from '../../../src/tree/undo.js'
import type { Change } from '../../../src/types.js'
import { write } from './host-folder.js'

export type RunName = 'apply' | 'recover' | 'undo'

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`)
  return outcome.value
}

/** What a run does to the host, with a package manager that writes in place, and a linter. */
export async function wholeRun(root: string, changes: Change[], onStep: Step): Promise<void> {
  const transaction = valueOf(await begin(root, changes, { onStep }))
  try {
    valueOf(await transaction.apply())
    valueOf(await transaction.protectNodeModules())
    await install(root, onStep)
    valueOf(await transaction.rewrite(inAnotherStyle(changes)))
    valueOf(await transaction.commit())
  } catch (cause) {
    valueOf(await transaction.rollback())
    throw cause
  }
}

/** Two of the new files and one of the host's, as a linter might leave them. */
export function inAnotherStyle(changes: Change[]): Change[] {
  const created = changes.filter(({ action }) => action === 'create').slice(0, 2)
  const code = changes.filter(({ path }) => path.endsWith('.ts'))
  const modified = code.filter(({ action }) => action === 'modify').slice(0, 1)
  return [...created, ...modified].map(({ path, content }) => ({
    path,
    action: 'modify',
    content: `${content}\n`,
    baseHash: contentHash(content),
  }))
}

export async function install(root: string, step: Step): Promise<void> {
  await step('install: change a package in place')
  appendFileSync(join(root, 'node_modules/a/index.js'), 'changed\n')
  await step('install: remove a package')
  rmSync(join(root, 'node_modules/@s'), { recursive: true, force: true })
  await step('install: add a package')
  write(root, 'node_modules/new/package.json', '{}')
  await step('install: lock file')
  writeFileSync(join(root, 'package-lock.json'), '{ "half')
  await step('install: another lock file')
  write(root, 'yarn.lock', 'lock\n')
  await step('install: package.json')
  appendFileSync(join(root, 'package.json'), '\n')
}

export async function run(name: RunName, root: string, changes: Change[], onStep: Step) {
  if (name === 'apply') await wholeRun(root, changes, onStep)
  if (name === 'recover') valueOf(await recover(root, { onStep }))
  if (name === 'undo') valueOf(await undo(root, { onStep }))
}
