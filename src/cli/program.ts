import { Command, CommanderError } from 'commander'
import { givenFlags, resumeCommand, type Flag } from './command-line.js'
import { findStrayWord, nearestCommand, type StrayWord } from './command-words.js'
import { settleDiffFlag } from './diff-flag.js'
import { EXIT } from './exit.js'
import { FLAGS, type CommonOptions } from './options.js'
import { withoutSlashCommand } from './slash-command.js'
import { endWithUsageError, UsageError } from './usage-error.js'
import { version } from './version.js'

const EXAMPLE = `
Example:
  $ integrate-polar '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)'

In double quotes a shell turns $29 into 9: use single quotes.`

const SEE_HELP = 'See integrate-polar --help.'

/** Runs one command line, its words without the program's name. Gives the exit code; never ends the
 * process itself. */
export async function run(args: string[]): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = withCommonFlags(new Command('integrate-polar'))
    .description('Add a complete, tested Polar.sh payment integration to this repository.')
    .version(version)
    .argument('[request...]', 'the pricing, in plain words')
    .helpCommand(false)
    .addHelpText('after', EXAMPLE)
    .exitOverride()
    // What commander has to say about a wrong flag is in its error.
    .configureOutput({ outputError: () => {} })
    .action(async (words: string[], _: CommonOptions, command: Command) => {
      const { integrate } = await import('./integrate.js')
      exitCode = await integrate(...given(program, command, words))
    })
  withCommonFlags(program.command('plan'))
    .description('show what would be done; write nothing')
    .argument('[request...]', 'the pricing, in plain words')
    .action(async (words: string[], _: CommonOptions, command: Command) => {
      const { integrate } = await import('./integrate.js')
      const [request, options] = given(program, command, words)
      exitCode = await integrate(request, { ...options, dryRun: true })
    })
  withCommonFlags(program.command('inspect'))
    .description('say what the repository is made of, and what stands in the way')
    .action(async (_: CommonOptions, command: Command) => {
      const { inspect } = await import('./inspect.js')
      const [, options] = given(program, command, [])
      exitCode = await inspect(options)
    })
  withCommonFlags(program.command('undo'))
    .description('take the last run back; files that were edited since stay')
    .option('--force', 'take edited files back, too; what they hold is saved')
    .action(async (_: CommonOptions, command: Command) => {
      const { undo } = await import('./undo.js')
      const [, options] = given(program, command, [])
      exitCode = await undo(options)
    })
  program
    .command('schema')
    .description('print the JSON Schema of what --spec takes')
    .action(async () => {
      const { schema } = await import('./schema.js')
      exitCode = schema()
    })

  program
    .command('help')
    .description('show what a command takes')
    .argument('[command]')
    .action((name: string | undefined) => {
      const shown = program.commands.find((command) => command.name() === name)
      if (name !== undefined && !shown) throw noSuchCommand(name, program)
      ;(shown ?? program).outputHelp()
    })

  try {
    const settled = settleDiffFlag(args, process.cwd()).map(asWords)
    await program.parseAsync(settled, { from: 'user' })
  } catch (error) {
    if (error instanceof UsageError) return endWithUsageError(error, args)
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return EXIT.ok
    const message = error.message.replace(/^error: /, '')
    return endWithUsageError(new UsageError(message, SEE_HELP), args)
  }
  return exitCode
}

/** A request that begins with a dash is a list, not a flag: `- Free` and `- Pro $29/mo` in lines. */
function asWords(arg: string): string {
  return /^-\s/.test(arg) ? `\n${arg}` : arg
}

/**
 * The request and the flags of a command; a flag that stands before its name counts as well.
 *
 * @throws UsageError when a word was meant as a command and is none
 */
function given(program: Command, command: Command, words: string[]): [string, CommonOptions] {
  const name = command === program ? null : command.name()
  const commands = namesOf(program)
  const stray = findStrayWord(words, commands)
  const flags = givenFlags([...new Set([program, command])])
  if (stray) throw strayWordError(stray, words, flags, commands)
  const before = Object.entries(program.opts<CommonOptions>()).filter(
    ([option]) => program.getOptionValueSource(option) === 'cli',
  )
  const options = { ...command.opts<CommonOptions>(), ...Object.fromEntries(before) }
  const request = withoutSlashCommand(words.join(' '))
  return [request, { ...options, commandLine: { command: name, request, flags } }]
}

function strayWordError(stray: StrayWord, words: string[], flags: Flag[], commands: string[]) {
  const { word, place, nearest } = stray
  const rest = words.filter((_, at) => at !== words.indexOf(word, place === 'first' ? 0 : 1))
  const meant =
    nearest === 'plan'
      ? resumeCommand({ command: nearest, request: rest.join(' '), flags }, {})
      : nearest && resumeCommand({ command: nearest, request: '', flags: [] }, {})
  const quoted =
    words.length > 1
      ? 'If it is a part of what you sell, put the whole request into one pair of single quotes.'
      : "If it is what you sell, say for how much: 'Pro $29/mo'."
  const hint = `${meant ? `Did you mean: ${meant}` : `The commands are ${commands.join(', ')}.`}\n${quoted}`
  if (place === 'behind') {
    return new UsageError(`"${word}" stands behind the request; a command comes first.`, hint)
  }
  const isCommand = commands.includes(word)
  return new UsageError(`"${word}" ${isCommand ? 'stands twice' : 'is no command'}.`, hint)
}

function noSuchCommand(name: string, program: Command): UsageError {
  const commands = namesOf(program)
  const nearest = nearestCommand(name, commands)
  const meant = nearest === null ? '' : `Did you mean: integrate-polar help ${nearest}\n`
  return new UsageError(
    `"${name}" is no command.`,
    `${meant}The commands are ${commands.join(', ')}.`,
  )
}

function namesOf(program: Command): string[] {
  return program.commands.map((command) => command.name())
}

function withCommonFlags(command: Command): Command {
  for (const [form, description, often] of FLAGS) {
    if (often === undefined) command.option(form, description)
    else command.option(form, `${description} (${often})`, collect)
  }
  return command
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value]
}
