import type { DetectionContext } from '../../../../host/context.js'
import { blockAt } from '../api/dev-proxy.js'
import { viteConfig } from './entry.js'

/** The ports that development servers listen on where nothing says another. */
const PORTS: Record<string, number> = {
  vite: 5173,
  'react-scripts': 3000,
  webpack: 8080,
  parcel: 1234,
}
/** `vite --port 3000`, `PORT=3001 react-scripts start`, `set PORT=3001 && …` */
const PORT_IN_SCRIPT = /(?:--port[= ]|\bPORT=|(?:^|\s)-p[= ])(\d{2,5})\b/
const SERVES = /\b(vite|react-scripts|webpack|parcel)\b/
/** Where the front end is seen in development: 'http://localhost:5173'. */
export function devAddress(context: DetectionContext, bundler: string | null): string {
  return `http://localhost:${portOf(context, bundler)}`
}

function portOf(context: DetectionContext, bundler: string | null): number {
  const scripts = context.manifest.scripts
  for (const name of ['dev', 'start', 'serve', 'client']) {
    // Of several programs at a time, each stands in quotes of its own.
    const serving = (scripts.get(name) ?? '').split(/["'`;]/).find((part) => SERVES.test(part))
    const port = PORT_IN_SCRIPT.exec(serving ?? '')?.[1]
    if (port !== undefined) return Number(port)
  }
  const config = bundler === 'vite' ? viteConfig(context) : null
  const port = portOfServer(config === null ? '' : (context.files.read(config) ?? ''))
  return port ?? PORTS[bundler ?? 'vite'] ?? 5173
}

/** `server: { port: 3000 }` in Vite's configuration; its preview and what it passes on have others. */
function portOfServer(config: string): number | null {
  const start = config.search(/\bserver\s*:\s*\{/)
  if (start === -1) return null
  const block = blockAt(config, config.indexOf('{', start))
  const own = block.slice(1).replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
  const port = /\bport\s*:\s*(\d{2,5})\b/.exec(own)?.[1]
  return port === undefined ? null : Number(port)
}
