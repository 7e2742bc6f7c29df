import { S_BAR, S_STEP_ERROR, S_STEP_SUBMIT, unicodeOr } from '@clack/prompts'
import { stripVTControlCharacters, styleText } from 'node:util'
import type { Progress } from '../types.js'
import { watchPhase, type PhaseWatch, type Report } from './phase.js'

const FRAMES = [unicodeOr('◒', '•'), unicodeOr('◐', 'o'), unicodeOr('◓', 'O'), unicodeOr('◑', '0')]
const FRAME_TIME = 100
/** Time between two lines of a log, in milliseconds. */
const LOG_INTERVAL = 10_000
const CLEAR_LINE = '\r\x1B[2K'

export interface ProgressOutput {
  output: NodeJS.WriteStream
  /** A terminal: one line is drawn over and over. Otherwise a log gets a line now and then. */
  live: boolean
}

/**
 * Runs work and shows how it gets on. The terminal stays as it is and standard input is not
 * touched, so that Ctrl-C arrives as a signal and the run can put the host back.
 */
export async function showPhase<T>(
  { output, live }: ProgressOutput,
  title: string,
  work: (report: Report) => Promise<T>,
): Promise<T> {
  const line = live ? drawnLine(output, title) : loggedLines(output, title)
  const watch = watchPhase(live ? FRAME_TIME : LOG_INTERVAL, (phase) => line.tick(phase))
  try {
    const value = await work(watch.report)
    watch.stop()
    line.end(watch, true)
    return value
  } catch (error) {
    watch.stop()
    line.end(watch, false)
    throw error
  }
}

interface Line {
  tick(watch: PhaseWatch): void
  end(watch: PhaseWatch, done: boolean): void
}

function drawnLine(output: NodeJS.WriteStream, title: string): Line {
  let frame = 0
  output.write(`${styleText('gray', S_BAR)}\n`)
  return {
    tick(watch) {
      const symbol = FRAMES[frame++ % FRAMES.length] ?? ''
      const words = withProgress(title, watch)
      // A line that wraps could not be drawn over.
      const fitting = words.slice(0, (output.columns || 80) - 4)
      output.write(`${CLEAR_LINE}${styleText('magenta', symbol)}  ${fitting}`)
    },
    end(watch, done) {
      output.write(`${CLEAR_LINE}${ending(done)}  ${withProgress(title, watch)}\n`)
    },
  }
}

function loggedLines(output: NodeJS.WriteStream, title: string): Line {
  const bar = styleText('gray', S_BAR)
  output.write(`${bar}\n${ending(true)}  ${title}\n`)
  return {
    tick: (watch) => output.write(`${bar}  ${withProgress(title, watch)}\n`),
    end(watch, done) {
      if (!done || watch.elapsed() >= LOG_INTERVAL / 1000) {
        output.write(`${ending(done)}  ${withProgress(title, watch)}\n`)
      }
    },
  }
}

function ending(done: boolean): string {
  return done ? styleText('green', S_STEP_SUBMIT) : styleText('yellow', S_STEP_ERROR)
}

/** 'Installing packages with npm (12 s, npm install)' */
function withProgress(title: string, watch: PhaseWatch): string {
  const seconds = watch.elapsed()
  const words = progressWords(watch.latest())
  if (seconds === 0 && words === '') return title
  return `${title} (${[`${seconds} s`, words].filter((one) => one !== '').join(', ')})`
}

/** 'tests, 31 done, 2 failed' */
function progressWords({ done, failed, total, detail }: Progress): string {
  const words: string[] = []
  if (detail !== undefined) words.push(stripVTControlCharacters(detail))
  if (done !== undefined) words.push(total === undefined ? `${done} done` : `${done} of ${total}`)
  if (failed !== undefined && failed > 0) words.push(`${failed} failed`)
  return words.join(', ')
}
