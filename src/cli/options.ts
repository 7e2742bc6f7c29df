import type { HostOverrides } from '../host/index.js'

/** Flags that the commands share, as commander gives them. */
export interface CommonOptions extends HostOverrides {
  cwd?: string
  spec?: string
  yes?: boolean
  json?: boolean
  dryRun?: boolean
  diff?: boolean
  /** False with `--no-install`. */
  install: boolean
  /** False with `--no-verify`. */
  verify: boolean
  /** False with `--no-trial`. */
  trial: boolean
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
