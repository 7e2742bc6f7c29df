import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { executable } from '../../support/host-copy.js'

/** Mounts can be made that nobody else sees: on Linux, as root. */
export const canMount =
  process.platform === 'linux' && spawnSync('unshare', ['-m', 'true']).status === 0

export interface Said {
  exitCode: number
  events: Record<string, unknown>[]
}

/**
 * Runs a shell script with mounts of its own; it says `integrate-polar ARGS…` for the built
 * command, and may set AS to what runs it. Gives exit code and events of each, in order.
 */
export async function withMounts(script: string): Promise<Said[]> {
  const folder = mkdtempSync(join(tmpdir(), 'integrate-polar-mounts-'))
  const file = join(folder, 'script.sh')
  const command = `$AS '${process.execPath}' '${executable}' "$@"`
  const definition = `n=0\nintegrate_polar() { n=$((n+1)); code=0; ${command} > ${folder}/out-$n || code=$?; echo $code >> ${folder}/codes; }`
  writeFileSync(file, `set -e\n${definition}\n${script}\ncat ${folder}/codes\n`)
  const { output, code } = await outputOf('unshare', ['-m', 'sh', file])
  if (code !== 0) throw new Error(`The script failed: ${output}`)
  const said = output
    .trim()
    .split('\n')
    .map((line, index) => ({
      exitCode: Number(line),
      events: readFileSync(join(folder, `out-${index + 1}`), 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => JSON.parse(text) as Record<string, unknown>),
    }))
  rmSync(folder, { recursive: true })
  return said
}

function outputOf(
  command: string,
  args: string[],
): Promise<{ output: string; code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ output, code }))
  })
}
