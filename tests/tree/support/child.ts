import { appendFileSync, readFileSync } from 'node:fs'
import type { Change } from '../../../src/types.js'
import { callsSoFar } from './counted-fs.js'
import { run, type RunName } from './whole-run.js'

/** Run as a process of its own: dies by SIGKILL right before the given step. */
const [name = '', root = '', changesFile = '', log = '', killAt = ''] = process.argv.slice(2)
const changes = JSON.parse(readFileSync(changesFile, 'utf8')) as Change[]
let step = 0
await run(name as RunName, root, changes, (title) => {
  if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL')
  step += 1
  appendFileSync(log, title + '\n')
})
process.stdout.write(String(callsSoFar()))
