import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { executable, hostCopy, REQUEST } from '../support/host-copy.js'
import { discard } from '../support/discard.js'
import { median } from './median.js'

const ROUNDS = 9
const MANY_FILES = [5_000, 50_000]

/** Speed of the built command as ratios of one run: start, plan, a whole run, and all of it. */
export async function benchCommandLine(): Promise<void> {
  const small = await hostCopy({ packages: false })
  const large: { files: number; root: string }[] = []
  try {
    for (const files of MANY_FILES) {
      const root = await hostCopy({ packages: false })
      large.push({ files, root })
      await addSourceFiles(root, files)
    }
    const plan = (cwd: string) => () => command(cwd, ['plan', REQUEST, '--json'])

    const bare = await medianTime(() => execa(process.execPath, ['-e', '0']))
    const version = await medianTime(() => execa(process.execPath, [executable, '--version']))
    const planSmall = await medianTime(plan(small))
    const whole = await medianTime(async () => {
      const host = await hostCopy({ packages: false })
      const started = performance.now()
      await command(host, [REQUEST, '--yes', '--json', '--no-install'])
      const took = performance.now() - started
      await discard(host)
      return took
    })

    const timesBare = (time: number, limit: number): string =>
      `${(time / bare).toFixed(2)}× bare node (limit ${limit})`
    print('node -e 0', bare)
    print('--version', version, timesBare(version, 1.5))
    print('plan, small host', planSmall, timesBare(planSmall, 8))
    for (const { files, root } of large) {
      const took = await medianTime(plan(root))
      print(
        `plan, ${files.toLocaleString('en')} more files`,
        took,
        `${(took / planSmall).toFixed(2)}× the small host (limit 1.3)`,
      )
    }
    print('whole run, no install', whole, timesBare(whole, 25))
    await benchWholeCommand()
  } finally {
    await discard(small)
    for (const { root } of large) await discard(root)
  }
}

/** The command as its user waits for it, and the generated tests alone: once, they take long. */
async function benchWholeCommand(): Promise<void> {
  const host = await hostCopy()
  try {
    const started = performance.now()
    await command(host, [REQUEST, '--yes', '--json'])
    print('with install and checks', performance.now() - started, 'limit 75,000 ms')
    const tested = performance.now()
    await execa('npm', ['test'], { cwd: host })
    print('generated tests', performance.now() - tested, 'limit 30,000 ms')
  } finally {
    await discard(host)
  }
}

async function command(cwd: string, args: string[]): Promise<void> {
  await execa(process.execPath, [executable, ...args], { cwd, env: { CI: 'true' } })
}

/** Milliseconds; work that measures itself gives its own time. */
async function medianTime(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    const own = await work()
    times.push(typeof own === 'number' ? own : performance.now() - started)
  }
  return median(times)
}

async function addSourceFiles(host: string, count: number): Promise<void> {
  const folder = join(host, 'server/modules')
  await rm(folder, { recursive: true, force: true })
  for (let index = 0; index < count; index++) {
    const module = join(folder, `m${index % 100}`)
    await mkdir(module, { recursive: true })
    const code = `import { pool } from '../../db.js';\n\nexport async function load${index}(id: string) {\n  const { rows } = await pool.query('select * from projects where id = $1', [id]);\n  return rows[0];\n}\n`
    await writeFile(join(module, `load-${index}.ts`), code)
  }
}

function print(name: string, milliseconds: number, note = ''): void {
  console.log(`${name.padEnd(28)} ${milliseconds.toFixed(0).padStart(6)} ms   ${note}`)
}
