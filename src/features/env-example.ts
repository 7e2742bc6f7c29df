import { addEnvLines } from '../patch/index.js'
import type { HostProfile } from '../types.js'
import type { EnvVariable, HostEdit } from './contribution.js'

/** Where a person sets a variable for development: 'server/.env'. */
export function envPlace({ env, server }: HostProfile): string {
  if (env.file !== null) return env.file.value
  const { dir } = server.package
  return dir === '' ? "the server's environment" : `the environment of the server in ${dir}/`
}

/** Adds variables to the host's example file; values that stand there stay. */
export function envExampleEdit(host: HostProfile, env: EnvVariable[]): HostEdit {
  return {
    file: host.env.exampleFile,
    apply: (text) => Promise.resolve(addEnvLines(text, env)),
  }
}
