import type { Unclear } from '../types.js'
import { resumeCommand } from './command-line.js'
import type { CommonOptions } from './options.js'

/** Stands where words of a request have to be written anew. */
const PLACEHOLDER = '<request>'

/**
 * Adds to each unclear piece the command to run next: the one that was typed, with what is suggested
 * in place of each unclear piece, and `<request>` where there is no suggestion. Where a piece does
 * not stand in the request exactly once the whole request has to be written anew.
 */
export function withResume(unclear: Unclear[], options: CommonOptions): Unclear[] {
  const request = settled(options.commandLine.request, unclear)
  return unclear.map((one) => ({ ...one, resume: resumeCommand(options.commandLine, { request }) }))
}

function settled(request: string, unclear: Unclear[]): string {
  const places = unclear
    .map(({ text, suggestion }) => ({
      start: request.indexOf(text),
      last: request.lastIndexOf(text),
      end: request.indexOf(text) + text.length,
      words: suggestion ?? PLACEHOLDER,
    }))
    .sort((one, other) => one.start - other.start)
  let next = ''
  let done = 0
  for (const { start, last, end, words } of places) {
    if (start < 0 || start !== last || start < done) return PLACEHOLDER
    next += request.slice(done, start) + words
    done = end
  }
  return next + request.slice(done)
}
