import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildInstallingChild } from './installing-child.js'
import { begin } from '../../src/tree/apply.js'
import { signalTo } from '../../src/tree/process-group.js'
import { processIdentity } from '../../src/tree/process-identity.js'
import { recover } from '../../src/tree/recover.js'
import { runInGroup } from '../../src/tree/run-in-group.js'
import { emptyFolder, makeHost, snapshot, write } from '../tree/support/host-folder.js'

/** Writes into the folder of its -t for ever, and says its number in a file. */
const ENDLESS_CP = `#!/bin/sh
target=$(echo "$@" | sed 's/.* -t \\([^ ]*\\) .*/\\1/')
echo $$ > "$PID_FILE"
while :; do mkdir -p "$target/$RANDOM$$"; echo more >> "$target/more"; sleep 0.01; done
`

/** Leaves its process group with a child that writes into node_modules for ever. */
const ESCAPING_NPM = `#!/bin/sh
setsid sh -c 'echo $$ > "$PID_FILE"; while :; do mkdir -p node_modules; echo more >> node_modules/more; sleep 0.01; done' &
sleep 60
`

const scripts = emptyFolder()
const script = join(scripts, 'child.mjs')
let root: string
let bin: string
let pidFile: string
let before: Record<string, string>

beforeAll(() => buildInstallingChild(script))

afterAll(() => rmSync(scripts, { recursive: true }))

beforeEach(() => {
  root = makeHost()
  bin = emptyFolder()
  pidFile = join(bin, 'pid')
  before = snapshot(root)
})

afterEach(() => {
  // Where a test has failed, what it started must not go on for ever.
  if (existsSync(pidFile)) signalTo(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  for (const folder of [root, bin]) rmSync(folder, { recursive: true, force: true })
})

function environment(): Record<string, string> {
  return { PATH: bin + delimiter + (process.env.PATH ?? ''), PID_FILE: pidFile }
}

async function numberOfWriter(): Promise<number> {
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await sleep(10)
  return Number(readFileSync(pidFile, 'utf8'))
}

describe.runIf(process.platform === 'linux')('what a run that is killed leaves running', () => {
  it.each([
    ['the copying of node_modules', 'cp', ENDLESS_CP],
    ['a process that left its group', 'npm', ESCAPING_NPM],
  ])('is ended by the next one: %s', async (_, name, program) => {
    write(bin, name, program, 0o755)
    const run = spawn(process.execPath, [script, root], {
      env: { ...process.env, ...environment() },
    })
    const writer = await numberOfWriter()
    run.kill('SIGKILL')
    await sleep(50)
    expect(processIdentity(writer)).not.toBeNull()
    expect(await recover(root)).toMatchObject({ ok: true, value: { restored: 'run' } })
    expect(processIdentity(writer)).toBeNull()
    await sleep(100)
    expect(snapshot(root)).toEqual(before)
  })
})

describe.runIf(process.platform === 'linux')('what a run that is aborted leaves running', () => {
  it('does not hold it up, and is ended before the host is put back', async () => {
    write(bin, 'npm', ESCAPING_NPM, 0o755)
    const stop = new AbortController()
    const begun = await begin(root, [], { signal: stop.signal })
    if (!begun.ok) throw new Error(begun.error.message)
    const transaction = begun.value
    await transaction.protectNodeModules()
    const running = runInGroup('npm', [], {
      cwd: root,
      env: environment(),
      signal: stop.signal,
      onSpawn: async (leader) => void (await transaction.recordProcess(leader)),
    })
    const writer = await numberOfWriter()
    stop.abort()
    expect(await running).toMatchObject({ kind: 'aborted' })
    expect(await transaction.rollback()).toMatchObject({ ok: true })
    expect(processIdentity(writer)).toBeNull()
    expect(snapshot(root)).toEqual(before)
  })
})

describe('a command that ends and leaves its output open', () => {
  it('is not waited for', async () => {
    write(bin, 'leaver', '#!/bin/sh\nsleep 30 &\necho $! > "$PID_FILE"\necho done\n', 0o755)
    const result = await runInGroup('leaver', [], { cwd: root, env: environment() })
    expect(result).toEqual({ kind: 'exited', exitCode: 0, output: 'done\n' })
    const left = await numberOfWriter()
    expect(processIdentity(left)).not.toBeNull()
    process.kill(left)
  })
})
