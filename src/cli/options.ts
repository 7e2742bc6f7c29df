/** Flags that the commands share, as commander gives them. */
export interface CommonOptions {
  cwd?: string
  spec?: string
  yes?: boolean
  json?: boolean
  dryRun?: boolean
  diff?: boolean
  /** False with `--no-install`. */
  install: boolean
  verify: boolean
  trial: boolean
  server?: string
  database?: string
  client?: string
  serverDir?: string
  clientDir?: string
  usersTable?: string
  login?: string
  userId?: string
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
