export interface Sending {
  perSecond: number
  /** Milliseconds from the first byte sent to the whole answer. */
  p50: number
  p99: number
}

/**
 * Sends everything from a number of senders at once, each one after another.
 *
 * @param waiting what is to be sent; empty afterwards
 */
export async function sendAll<Item>(
  waiting: Item[],
  senders: number,
  send: (item: Item) => Promise<void>,
): Promise<Sending> {
  const times: number[] = []
  async function sendOnAndOn(): Promise<void> {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      const sent = performance.now()
      await send(item)
      times.push(performance.now() - sent)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: senders }, sendOnAndOn))
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / seconds,
    p50: times[Math.floor(times.length * 0.5)] ?? NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? NaN,
  }
}
