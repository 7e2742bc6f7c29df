import type { Command } from 'commander'
import { shellQuote } from './shell-quote.js'

/** What was asked for on the command line, so that the command to run next can be written. */
export interface CommandLine {
  /** Name of the command; null for the main one. */
  command: string | null
  /** The request in words; '' when there is none. */
  request: string
  flags: Flag[]
}

/** A flag with its values. */
export interface Flag {
  name: string
  values: string[]
}

/** The flags that were given, of the program and of its command. */
export function givenFlags(commands: Command[]): Flag[] {
  return commands.flatMap((command) =>
    command.options.flatMap((option) => {
      const key = option.attributeName()
      if (option.long === undefined || command.getOptionValueSource(key) !== 'cli') return []
      const name = option.long
      const value: unknown = command.getOptionValue(key)
      // `--no-install` is given when its value is false.
      if (typeof value === 'boolean') return value === option.negate ? [] : [{ name, values: [] }]
      const values = (Array.isArray(value) ? (value as unknown[]) : [value]).map(String)
      return [{ name, values: values.filter((one) => one !== '') }]
    }),
  )
}

/**
 * The whole command to run next, quoted for a shell: the one that was typed, with another request
 * and with flags added or replaced. It can be pasted once its placeholders (`<request>`, `<dir>`)
 * are replaced; they stand in single quotes, as what replaces them has to.
 */
export function resumeCommand(
  line: CommandLine,
  answers: { request?: string; flags?: Flag[] },
): string {
  const { request = line.request, flags = [] } = answers
  const kept = line.flags.filter(({ name }) => flags.every((flag) => flag.name !== name))
  const words = [...kept, ...flags].flatMap(wordsOf)
  const command = line.command === null ? [] : [line.command]
  // What starts with a dash would be read as a flag.
  const behind = request.startsWith('-')
  const all = [
    ...command,
    ...(request === '' || behind ? [] : [request]),
    ...words,
    ...(behind ? ['--', request] : []),
  ]
  return [programName(), ...all.map(shellQuote)].join(' ')
}

/** `--diff` takes its path behind an equals sign; others take theirs as the next words. */
function wordsOf({ name, values }: Flag): string[] {
  const [value] = values
  if (values.length > 1) return values.flatMap((each) => [name, each])
  return name === '--diff' && value !== undefined ? [`${name}=${value}`] : [name, ...values]
}

/** As it was started: from a folder of npm's it is found through npx, else by its name. */
function programName(): string {
  const isNpms = /[\\/](?:_npx|node_modules[\\/]\.bin)[\\/]/.test(process.argv[1] ?? '')
  return isNpms ? 'npx integrate-polar' : 'integrate-polar'
}
