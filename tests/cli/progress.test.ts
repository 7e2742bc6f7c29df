import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ndjsonReporter } from '../../src/cli/ndjson-reporter.js'
import type { Report } from '../../src/cli/phase.js'
import { showPhase } from '../../src/cli/progress-line.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Work of 25 seconds that has run a test each second; the seventh failed. */
async function slowWork(report: Report): Promise<string> {
  for (let done = 0; done < 25; done++) {
    report({ detail: 'tests', done, failed: done > 6 ? 1 : 0 })
    await vi.advanceTimersByTimeAsync(1_000)
  }
  return 'value'
}

function failingWork(): Promise<never> {
  return Promise.reject(new Error('no'))
}

interface Screen {
  output: NodeJS.WriteStream
  /** What was printed, without colors, by the line breaks in it. */
  lines(): string[]
}

function screen(columns: number): Screen {
  let text = ''
  const stream = new PassThrough()
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return {
    output: Object.assign(stream, { columns }) as unknown as NodeJS.WriteStream,
    lines: () => stripVTControlCharacters(text).split('\n'),
  }
}

describe('progress for programs', () => {
  it('comes each second of a phase, with time and counts, and not after it', async () => {
    const events: Record<string, unknown>[] = []
    const reporter = ndjsonReporter((line) => {
      events.push(JSON.parse(line) as Record<string, unknown>)
    })
    expect(await reporter.phase('verification', 'Checking', slowWork)).toBe('value')
    await vi.advanceTimersByTimeAsync(5_000)
    const progress = events.slice(1, -1)
    expect(progress).toHaveLength(25)
    expect(progress[0]).toEqual({
      type: 'progress',
      name: 'verification',
      elapsed: 1,
      detail: 'tests',
      done: 0,
      failed: 0,
    })
    expect(progress.at(-1)).toMatchObject({ elapsed: 25, done: 24, failed: 1 })
    expect(events.at(-1)).toEqual({ type: 'phase', name: 'verification', status: 'done' })
  })

  it('ends when the work fails', async () => {
    const lines: string[] = []
    const reporter = ndjsonReporter((line) => lines.push(line))
    await expect(reporter.phase('packages', 'Installing', failingWork)).rejects.toThrow('no')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(lines).toHaveLength(1)
  })
})

describe('progress for people', () => {
  it('is one line in a terminal, drawn several times a second', async () => {
    const terminal = screen(100)
    await showPhase({ output: terminal.output, live: true }, 'Checking', slowWork)
    expect(terminal.lines()).toHaveLength(3)
    const drawn = terminal.lines()[1]?.split('\r') ?? []
    expect(drawn.length).toBeGreaterThan(200)
    expect(drawn).toContain('◒  Checking (12 s, tests, 12 done, 1 failed)')
    expect(drawn.at(-1)).toBe('◇  Checking (25 s, tests, 24 done, 1 failed)')
  })

  it('never wraps while it is drawn over', async () => {
    const terminal = screen(20)
    await showPhase({ output: terminal.output, live: true }, 'A title as long as this', slowWork)
    const drawn = terminal.lines()[1]?.split('\r').slice(1, -1) ?? []
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThan(20)
  })

  it('is a line each ten seconds in a log', async () => {
    const terminal = screen(100)
    await showPhase({ output: terminal.output, live: false }, 'Checking', slowWork)
    expect(terminal.lines()).toEqual([
      '│',
      '◇  Checking',
      '│  Checking (10 s, tests, 9 done, 1 failed)',
      '│  Checking (20 s, tests, 19 done, 1 failed)',
      '◇  Checking (25 s, tests, 24 done, 1 failed)',
      '',
    ])
  })

  it('says where it stopped when the work fails', async () => {
    const terminal = screen(100)
    const failing = showPhase({ output: terminal.output, live: true }, 'Installing', failingWork)
    await expect(failing).rejects.toThrow('no')
    expect(terminal.lines().at(-2)).toContain('▲  Installing')
  })
})
