import { Command, CommanderError } from 'commander'
import { EXIT } from './exit.js'
import type { CommonOptions } from './options.js'
import { version } from './version.js'

const EXAMPLE = `
Example:
  $ integrate-polar '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)'

In double quotes a shell turns $29 into 9: use single quotes.`

/** Runs one command line. Gives the exit code; never ends the process itself. */
export async function run(argv: string[]): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = withCommonFlags(new Command('integrate-polar'))
    .description('Add a complete, tested Polar.sh payment integration to this repository.')
    .version(version)
    .argument('[request...]', 'the pricing, in plain words')
    .addHelpText('after', EXAMPLE)
    .exitOverride()
    .action(async (request: string[], options: CommonOptions) => {
      const { integrate } = await import('./integrate.js')
      exitCode = await integrate(request.join(' '), options)
    })
  withCommonFlags(program.command('plan'))
    .description('show what would be done; write nothing')
    .argument('[request...]', 'the pricing, in plain words')
    .action(async (request: string[], _: CommonOptions, command: Command) => {
      const { integrate } = await import('./integrate.js')
      const options = { ...given(program, command), dryRun: true }
      exitCode = await integrate(request.join(' '), options)
    })
  withCommonFlags(program.command('undo'))
    .description('take the last run back; files that were edited since stay')
    .option('--force', 'take edited files back, too; what they hold is saved')
    .action(async (_: CommonOptions, command: Command) => {
      const { undo } = await import('./undo.js')
      exitCode = await undo(given(program, command))
    })
  program
    .command('schema')
    .description('print the JSON Schema of what --spec takes')
    .action(async () => {
      const { schema } = await import('./schema.js')
      exitCode = schema()
    })

  try {
    await program.parseAsync(argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
  return exitCode
}

/** The flags of a subcommand; one that stands before its name counts as well. */
function given(program: Command, command: Command): CommonOptions {
  const options = command.opts<CommonOptions>()
  const before = Object.entries(program.opts<CommonOptions>()).filter(
    ([name]) => program.getOptionValueSource(name) === 'cli',
  )
  return { ...options, ...Object.fromEntries(before) }
}

function withCommonFlags(command: Command): Command {
  return command
    .option('--cwd <dir>', 'the repository (default: the current folder)')
    .option(
      '--spec <file>',
      'read the pricing from a JSON or YAML file instead of words (see schema)',
    )
    .option('-y, --yes', 'do not ask')
    .option('--json', 'print NDJSON, for programs')
    .option('--dry-run', 'show what would be done; write nothing')
    .option('--diff', 'show each change in full')
    .option('--no-install', 'do not install packages')
    .option('--no-verify', 'do not run type check and tests afterwards')
    .option('--no-trial', 'no trial where the request names none')
    .option('--server <name>', 'the server framework (express)')
    .option('--database <name>', 'the database library (pg)')
    .option('--client <name>', 'the front end (react, none)')
    .option('--server-dir <dir>', "the folder of the server's source")
    .option('--client-dir <dir>', "the folder of the front end's source")
    .option('--users-table <name>', 'the table of the users, as SQL names it')
    .option('--login <file#export>', 'the middleware that lets no stranger pass')
    .option('--user-id <expression>', 'where it puts the user: req.user.id')
}
