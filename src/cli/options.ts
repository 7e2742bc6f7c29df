import type { HostOverrides } from '../host/index.js'
import type { CommandLine } from './command-line.js'

/** Flags that the commands share, as commander gives them. */
export interface CommonOptions extends HostOverrides {
  cwd?: string
  spec?: string
  yes?: boolean
  json?: boolean
  dryRun?: boolean
  /** The file or folder whose changes are shown in full; '' for all of them. */
  diff?: string
  /** Each `--track`: '/api/v1', or 'api-calls=/api/v1'. */
  track?: string[]
  /** Every file is listed, instead of counts. */
  verbose?: boolean
  /** False with `--no-install`. */
  install: boolean
  /** False with `--no-verify`. */
  verify: boolean
  /** False with `--no-trial`. */
  trial: boolean
  /** What was typed, for the command to run next. */
  commandLine: CommandLine
}

/** The flags with their forms, and what they do. */
export const FLAGS: readonly (readonly [
  form: string,
  description: string,
  often?: 'repeatable',
])[] = [
  ['--cwd <dir>', 'the repository (default: the one that the current folder lies in)'],
  ['--spec <file>', 'read the pricing from a JSON or YAML file instead of words (see schema)'],
  ['-y, --yes', 'do not ask'],
  ['--json', 'print NDJSON, for programs'],
  ['--dry-run', 'show what would be done; write nothing'],
  ['--diff [path]', 'show the changes in full, as a patch; those below PATH only'],
  ['--verbose', 'list every file'],
  ['--no-install', 'do not install packages'],
  ['--no-verify', 'do not run type check and tests afterwards'],
  ['--no-trial', 'no trial where the request names none'],
  ['--track <route>', 'count requests to this route: /api/v1, or METER=/api/v1', 'repeatable'],
  ['--server <name>', 'the server framework (express)'],
  ['--database <name>', 'the database library (pg)'],
  ['--client <name>', 'the front end (react, none)'],
  ['--server-dir <dir>', "the folder of the server's source"],
  ['--client-dir <dir>', "the folder of the front end's source"],
  ['--users-table <name>', 'the table of the users, as SQL names it'],
  ['--login <file#export>', 'the middleware that lets no stranger pass'],
  ['--user-id <expression>', 'where it puts the user: req.user.id'],
]

/** A flag as it is written with its value: `--server-dir <dir>`. */
export function formOf(flag: string): string {
  return FLAGS.find(([form]) => form === flag || form.startsWith(`${flag} `))?.[0] ?? flag
}

/** A person can be asked: there is a terminal on both sides and no CI. */
export function isInteractive(options: CommonOptions): boolean {
  return (
    options.json !== true &&
    process.stdin.isTTY === true &&
    process.stdout.isTTY === true &&
    !process.env['CI']
  )
}
