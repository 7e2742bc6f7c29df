import type * as Prompts from '@clack/prompts'
import { Interrupted, leftByInterrupt } from './interrupt.js'
import { visible } from '../invisible.js'

/** Thrown where a person leaves a question without an answer, but does not stop the program. */
export class Declined extends Error {
  constructor() {
    super('Declined')
  }
}

/** Asks for what is sold, in words. */
export function askForRequest(): Promise<string> {
  return ask(({ text }) =>
    text({
      message: 'What do you sell?',
      placeholder: '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)',
      validate: (value) => (value?.trim() ? undefined : 'Say what is sold and for how much'),
    }),
  )
}

/** After something unclear was shown: the same words again, to be corrected. */
export function askAgain(words: string): Promise<string> {
  return ask(({ text }) =>
    text({ message: 'Say it so that it has one reading', initialValue: visible(words) }),
  )
}

export function askForTrial(trial: string): Promise<boolean> {
  const message = `No trial is named. Offer the usual one on paid plans? (${visible(trial)})`
  return ask(({ confirm }) => confirm({ message }))
}

/** Asks whether to write what stands on the screen above. */
export async function askToApply(counts: {
  files: number
  packages: number
}): Promise<'write' | 'diff' | 'cancel'> {
  const { files, packages } = counts
  const label = `Write ${counted(files, 'file')}`
  const write = packages > 0 ? `${label} and install ${counted(packages, 'package')}` : label
  return ask(({ select }) =>
    select({
      message: 'Write these changes?',
      options: [
        { value: 'write', label: write },
        { value: 'diff', label: 'Show the diff' },
        { value: 'cancel', label: 'Cancel' },
      ],
    }),
  )
}

/** Which of the app's mounted routes count; none leaves counting to be placed by hand. */
export function askForRoutes(meter: string, routes: string[]): Promise<string[]> {
  const name = visible(meter)
  const message = `Requests to which routes count as ${name}? (none: place the counting yourself)`
  const options = routes.map((route) => ({ value: route, label: visible(route) }))
  return ask(({ multiselect }) => multiselect({ message, options, required: false }))
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`
}

/**
 * @throws Interrupted when the person leaves the question with Ctrl-C
 * @throws Declined when the person leaves it with Escape
 */
async function ask<T>(
  question: (prompts: typeof Prompts) => Promise<T>,
): Promise<Exclude<T, symbol>> {
  const prompts = await import('@clack/prompts')
  // Both keys end a question in the same way; only the key tells them apart.
  let escaped = false
  const watch = (_: string, key?: { name?: string }): void => {
    escaped = key?.name === 'escape'
  }
  process.stdin.on('keypress', watch)
  try {
    const value = await leftByInterrupt(() => question(prompts))
    if (prompts.isCancel(value)) throw escaped ? new Declined() : new Interrupted()
    return value as Exclude<T, symbol>
  } finally {
    process.stdin.off('keypress', watch)
  }
}
