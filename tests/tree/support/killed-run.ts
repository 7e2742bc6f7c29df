import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build as bundle, type Plugin } from 'esbuild'
import type { Change } from '../../../src/types.js'
import { emptyFolder } from './host-folder.js'
import type { RunName } from './whole-run.js'

export interface KilledRun {
  /** Null when the run came to its end before it was to be killed. */
  signal: NodeJS.Signals | null
  /** Names of the steps that were done. */
  steps: string[]
  /** Calls of the file system, known when the run came to its end. */
  calls: number
}

const countedFs: Plugin = {
  name: 'counted-fs',
  setup: (build) => {
    const counted = join(import.meta.dirname, 'counted-fs.ts')
    build.onResolve({ filter: /^node:fs\/promises$/ }, ({ importer }) =>
      importer === counted ? { path: 'node:fs/promises', external: true } : { path: counted },
    )
  },
}

/** When to die: before a named step, before a call of the file system, or after a time. */
export interface Death {
  step?: number
  call?: number
  afterMs?: number
}

/** Makes a function that performs a run in a process of its own that is killed. */
export async function prepareKilledRuns() {
  const folder = emptyFolder()
  const script = join(folder, 'child.mjs')
  await bundle({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
    plugins: [countedFs],
  })
  let count = 0
  const killedRun = async (
    name: RunName,
    root: string,
    changes: Change[],
    { step = -1, call = -1, afterMs }: Death,
  ): Promise<KilledRun> => {
    const id = (count += 1)
    const changesFile = join(folder, `changes-${id}`)
    const log = join(folder, `log-${id}`)
    writeFileSync(changesFile, JSON.stringify(changes))
    const child = spawn(process.execPath, [script, name, root, changesFile, log, String(step)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, KILL_AT_CALL: String(call) },
    })
    let [errors, output] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    if (afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs)
    const signal = await new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.once('close', (code, by) =>
        code === null || code === 0 ? resolve(by) : reject(new Error(errors)),
      )
    })
    const steps = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []
    return { signal, steps, calls: Number(output) }
  }
  return { killedRun, cleanUp: () => rmSync(folder, { recursive: true }) }
}

/** Does the work for 0, 1, 2, … until it says that there is no more, a few at a time. */
export async function forEveryStep(work: (step: number) => Promise<boolean>): Promise<number> {
  let next = 0
  let more = true
  const worker = async () => {
    while (more) {
      const step = next
      next += 1
      if (!(await work(step))) more = false
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return next
}
