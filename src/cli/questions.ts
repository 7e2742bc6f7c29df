import type * as Prompts from '@clack/prompts'
import { Interrupted } from './interrupt.js'

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
    text({ message: 'Say it so that it has one reading', initialValue: words }),
  )
}

export function askForTrial(trial: string): Promise<boolean> {
  const message = `No trial is named. Offer the usual one on paid plans? (${trial})`
  return ask(({ confirm }) => confirm({ message }))
}

export function askToApply(files: number, packages: number): Promise<boolean> {
  const message = `Write ${files} files and install ${packages} packages?`
  return ask(({ confirm }) => confirm({ message }))
}

/** @throws Interrupted when the person leaves the question with Ctrl-C */
async function ask<T>(
  question: (prompts: typeof Prompts) => Promise<T>,
): Promise<Exclude<T, symbol>> {
  const prompts = await import('@clack/prompts')
  const value = await question(prompts)
  if (prompts.isCancel(value)) throw new Interrupted()
  return value as Exclude<T, symbol>
}
