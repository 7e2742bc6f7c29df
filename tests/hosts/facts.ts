import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../support/host-copy.js'

interface HostRequest {
  method?: string
  path: string
  body: unknown
}

/** What has to be known of a fixture host to run it as its owner does. */
export interface HostFacts {
  /** Words of the request; three tiers when not given. */
  request?: string
  /** Where the commands below run, from the host's root; the root when not given. */
  dir?: string
  /** SQL files that its owner has run by hand, from the host's root. */
  schema?: string[]
  /** Shell commands that bring the database up to date, before the integration's own script. */
  migrate?: string[]
  /** The shell command that starts the server. */
  start: string
  /** The port it listens on, where PORT does not say. */
  port?: number
  /** Further environment. ${DATABASE_URL} and the parts ${PGHOST}, ${PGPORT}… are put in. */
  env?: Record<string, string>
  /** Makes an account and signs in; a cookie is kept, `token` names the answer's bearer token. */
  login?: { register?: HostRequest; login?: HostRequest; token?: string | null }
  /** For a host without a way to sign in: SQL that makes a user and returns its key. */
  user?: string
  /** What installs its packages where the host's own package manager is not on every machine. */
  installWith?: 'npm'
  /** Files of the steps that are left to a person. */
  manual?: string[]
}

const FOLDER = join(projectRoot, 'fixtures/hosts')

/** Fixture hosts that say how they are run. */
export function hostNames(): string[] {
  return readdirSync(FOLDER).filter((name) => existsSync(factsFile(name)))
}

export function factsOf(name: string): HostFacts {
  return JSON.parse(readFileSync(factsFile(name), 'utf8')) as HostFacts
}

function factsFile(name: string): string {
  return join(FOLDER, name, '.host.json')
}
