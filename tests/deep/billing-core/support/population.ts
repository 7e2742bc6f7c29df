import { lifecycles } from '../lifecycles/index.js'
import type { GeneratedSupport } from './generated.js'
import type { Randomness } from './randomness.js'
import { Story, type PolarEvent } from './story.js'

/** Many customers, each with a life of their own, and all the events about them. */
export interface Population {
  userIds: string[]
  customerIds: string[]
  stories: Story[]
  /** In the order in which they happened to each customer. */
  events: PolarEvent[]
}

/**
 * @param size how many customers; every lifecycle is lived by about as many of them as any other
 */
export function population(
  generated: GeneratedSupport,
  random: Randomness,
  size: number,
): Population {
  const lives = random.shuffled(Array.from({ length: size }, (_, at) => at % lifecycles.length))
  const stories = lives.map((life) => {
    const story = new Story(generated)
    lifecycles[life]?.happens(story)
    return story
  })
  return {
    stories,
    userIds: stories.map(({ userId }) => userId),
    customerIds: stories.flatMap(({ customers }) => [...customers.keys()]),
    events: stories.flatMap((story) => story.sent.map(({ event }) => event)),
  }
}
