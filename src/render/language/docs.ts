import { eraseTypes } from './erase-types.js'
import { toNodeModule } from './javascript.js'
import { pathIn } from './endings.js'
import type { PackageProfile } from '../../types.js'

const BLOCK = /^```(tsx?)\n([^]*?)^```$/gm
/** A path of a file of ours, in code among words. */
const FILE = /`([\w./-]+\.tsx?)`/g

/** The package of each side that is written in JavaScript; null where it is TypeScript. */
export interface Sides {
  server: PackageProfile | null
  client: PackageProfile | null
  /** Base folder of the client's source. */
  clientDir: string | null
}

/** A page of the documentation with its examples and files in what the host is written in. */
export function docsIn(text: string, { server, client, clientDir }: Sides): string {
  const examples = text.replace(BLOCK, (block: string, kind: string, code: string) => {
    if (kind === 'ts' && server) {
      return fenced('js', toNodeModule(code, 'example.ts', { ...server, strictDirective: false }))
    }
    if (kind === 'tsx' && client) return fenced('jsx', eraseTypes(code, 'example.tsx'))
    return block
  })
  return examples.replace(FILE, (written: string, path: string) => {
    const isClient = clientDir !== null && path.startsWith(`${clientDir}/`)
    return (isClient ? client : server) ? `\`${pathIn('javascript', path)}\`` : written
  })
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trim()}\n\`\`\``
}
