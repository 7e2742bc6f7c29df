import { spawn } from 'node:child_process'
import { pathOutside } from '../../git/ask-git.js'

/** What less is told when the user says nothing: colors, no pause for what fits, keep the screen. */
const LESS = 'FRX'

/**
 * Shows a text on the terminal: through the user's pager (`$PAGER`, else `less`) when it has more
 * lines than the screen, else as it is. Ends when the pager does, or was left.
 */
export async function page(text: string, root: string): Promise<void> {
  const rows = process.stdout.rows || 24
  const program = process.env['PAGER'] ?? 'less'
  const fits = text.split('\n').length < rows
  if (fits || program.trim() === '' || program === 'cat' || !(await paged(text, program, root))) {
    process.stdout.write(text)
  }
}

/** False when there is no such program. */
function paged(text: string, program: string, root: string): Promise<boolean> {
  return new Promise((resolve) => {
    // As git does it: the variable may hold a command with its flags.
    const pager = spawn(program, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { LESS, LV: '-c', ...process.env, PATH: pathOutside(root) },
    })
    // The pager was left before it had read all of it.
    pager.stdin.on('error', () => {})
    pager.on('error', () => resolve(false))
    // 127: the shell has not found it.
    pager.on('close', (code) => resolve(code !== 127))
    pager.stdin.end(text)
  })
}
