import { addEnvLines } from '../patch/index.js'
import type { HostProfile } from '../types.js'
import type { EnvVariable, HostEdit } from './contribution.js'

/** Adds variables to the host's example file; values that stand there stay. */
export function envExampleEdit(host: HostProfile, env: EnvVariable[]): HostEdit {
  return {
    file: host.env.exampleFile,
    apply: (text) => Promise.resolve(addEnvLines(text, env)),
  }
}
