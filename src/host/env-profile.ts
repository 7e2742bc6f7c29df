import type { EnvProfile } from '../types.js'
import { joinPath, type HostFiles } from './host-files.js'

const NAMES = ['.env.example', '.env.sample', '.env.template', '.env.dist', 'env.example']

/** The committed example of the environment, in the root or in the server's folder. */
export function detectEnv(files: HostFiles, serverDir: string): EnvProfile {
  const paths = ['', serverDir].flatMap((folder) => NAMES.map((name) => joinPath(folder, name)))
  const file = files.firstFile(paths)
  return { exampleFile: file ?? '.env.example', exists: file !== null }
}
