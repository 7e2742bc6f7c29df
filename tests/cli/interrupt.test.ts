import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal)
  vi.resetModules()
})

it('does not ask when the signal came before the question', async () => {
  const { Interrupted, leftByInterrupt, watchInterrupts } =
    await import('../../src/cli/interrupt.js')
  const { signal } = watchInterrupts()
  process.emit('SIGINT')
  expect(signal.reason).toBeInstanceOf(Interrupted)
  const question = vi.fn(() => new Promise<string>(() => undefined))
  await expect(leftByInterrupt(question)).rejects.toBe(signal.reason)
  expect(question).not.toHaveBeenCalled()
})

it('presses Ctrl-C at the question that is open when the signal comes', async () => {
  const { leftByInterrupt, watchInterrupts } = await import('../../src/cli/interrupt.js')
  watchInterrupts()
  const asked = leftByInterrupt(
    () => new Promise((resolve) => process.stdin.once('keypress', (key) => resolve(key))),
  )
  process.emit('SIGTERM')
  expect(await asked).toBe('\x03')
})
