import { execa } from 'execa'
import { freePort } from './free-port.js'

export interface RunningApp {
  url: string
  stop(): Promise<void>
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>
}

/**
 * Starts the host's server as its owner would, and waits until it answers.
 *
 * @param given the port to listen on, where it must be the one of another start
 */
export async function startApp(
  root: string,
  env: Record<string, string>,
  given?: number,
): Promise<RunningApp> {
  const port = given ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  // Not by way of a launcher: a signal has to reach the app itself.
  const child = execa(process.execPath, ['--import', 'tsx', 'server/index.ts'], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      ...env,
      PORT: String(port),
      FRONTEND_URL: env['FRONTEND_URL'] ?? url,
    },
    all: true,
    reject: false,
    buffer: true,
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal)
    await child
  }
  const ended = child.then((result) => {
    throw new Error(`The app ended before it answered:\n${result.all ?? ''}`)
  })
  ended.catch(() => {})
  await Promise.race([answers(`${url}/api/health`), ended])
  return { url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await fetch(url)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
