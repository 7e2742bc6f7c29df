import type { EnvProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { joinPath } from './host-files.js'

const NAMES = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example']

/** The committed example of the environment, in the server's package or in its source's folder. */
export function detectEnv(context: DetectionContext, serverDir: string): EnvProfile {
  const folders = [context.dir, serverDir]
  const paths = folders.flatMap((folder) => NAMES.map((name) => joinPath(folder, name)))
  const file = context.files.firstFile(paths)
  return { exampleFile: file ?? context.path('.env.example'), exists: file !== null }
}
