import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { acquireLock } from '../../../src/tree/lock.js'

/** Takes the lock as often as it can in one second, and writes down when it had it. */
const [root = '', log = '', startAt = ''] = process.argv.slice(2)
await sleep(Number(startAt) - Date.now())
while (Date.now() < Number(startAt) + 1_000) {
  const lock = await acquireLock(root)
  if (!lock.ok) continue
  appendFileSync(log, `in ${process.pid}\n`)
  await sleep(Math.random() * 4)
  appendFileSync(log, `out ${process.pid}\n`)
  await lock.value.release()
}
