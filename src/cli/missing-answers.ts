import { join, relative } from 'node:path'
import type { HostProblem } from '../host/index.js'
import type { MissingAnswer } from '../types.js'
import { resumeCommand, type Flag } from './command-line.js'
import { formOf, type CommonOptions } from './options.js'
import { findRoot } from './root.js'

interface Wanted {
  answer: Omit<MissingAnswer, 'resume'>
  /** What answers it on the command line. */
  request?: string
  flag?: Flag
}

const REQUEST: Wanted = {
  answer: {
    field: 'request',
    question: 'What is sold, and for how much?',
    flag: "'<request>', the pricing in words, or --spec <file>",
  },
  request: '<request>',
}

/** Which requests count is not settled. */
export interface MissingRoutes {
  answers: { field: string; question: string; choices: string[] }[]
  /** Values of `--track` that are right; for the others a placeholder stands. */
  values: string[]
}

function wantedRoutes({ answers, values }: MissingRoutes): Wanted[] {
  const flag = '--track'
  return answers.map((answer, at) => ({
    answer: { ...answer, flag: formOf(flag) },
    // One flag with all its values: what was typed of it is replaced as a whole.
    ...(at === 0 && { flag: { name: flag, values } }),
  }))
}

const APPLY: Wanted = {
  answer: {
    field: 'apply',
    question: 'Write these changes and install these packages?',
    flag: '--yes',
  },
  flag: { name: '--yes', values: [] },
}

/**
 * Everything that has to be answered before the run can go on, in one list. Each `resume` is the
 * same command: it answers all of it.
 */
export function missingAnswers(
  options: CommonOptions,
  missing: {
    problems?: HostProblem[]
    request?: boolean
    routes?: MissingRoutes
    apply?: boolean
  },
): MissingAnswer[] {
  const wanted = [
    ...(missing.problems ?? []).flatMap((problem) => wantedFor(problem, options)),
    ...(missing.request ? [REQUEST] : []),
    ...(missing.routes ? wantedRoutes(missing.routes) : []),
    ...(missing.apply ? [APPLY] : []),
  ]
  const request = wanted.find((one) => one.request !== undefined)?.request
  const flags = wanted.flatMap(({ flag }) => (flag === undefined ? [] : [flag]))
  const resume = resumeCommand(options.commandLine, {
    ...(request !== undefined && { request }),
    flags,
  })
  return wanted.map(({ answer }) => ({ ...answer, resume }))
}

function wantedFor(problem: HostProblem, options: CommonOptions): Wanted[] {
  const { code, message, flag } = problem
  if (flag === undefined) return []
  const choices = flag === '--cwd' ? fromHere(problem.choices, options) : problem.choices
  const form = formOf(flag)
  const placeholder = form.slice(flag.length + 1)
  const value = choices?.length === 1 ? choices[0] : placeholder
  return [
    {
      answer: { field: code, question: message, ...(choices && { choices }), flag: form },
      flag: { name: flag, values: [value ?? placeholder] },
    },
  ]
}

/** Folders of the host as `--cwd` takes them: relative to where the command was started. */
function fromHere(
  folders: string[] | undefined,
  { cwd = '.' }: CommonOptions,
): string[] | undefined {
  return folders?.map((folder) => relative('.', join(findRoot(cwd), folder)))
}
