import { describe, expect, test } from 'vitest'
import { findStrayWord } from '../../src/cli/command-words.js'

const COMMANDS = ['plan', 'inspect', 'undo', 'schema', 'help']

/** Words as the shell gives them: `|` stands between two of them. */
function stray(words: string) {
  return findStrayWord(words.split('|'), COMMANDS)
}

describe('a word that was meant as a command', () => {
  test.each([
    ['paln|Pro $29/mo', 'paln', 'plan'],
    ['pan|Pro $29/mo', 'pan', 'plan'],
    ['plna|3 tiers: Free, Pro ($29/mo)', 'plna', 'plan'],
    ['update|Pro $29/mo', 'update', 'plan'],
    ['doctor|Pro $29/mo', 'doctor', 'inspect'],
    ['remove|Pro $29/mo', 'remove', 'undo'],
    ['Plan|Pro $29/mo', 'Plan', 'plan'],
    ['frobnicate|Pro $29/mo', 'frobnicate', null],
    ['frobnicate|(3 tiers: Free, Pro $29/mo)', 'frobnicate', null],
    ['add|Pro $29/mo', 'add', null],
    ['paln|Pro|29|USD/mo', 'paln', 'plan'],
    ['update|Pro|29|USD/mo', 'update', 'plan'],
    ['install|$29/mo', 'install', 'plan'],
    ['paln|$29 per month', 'paln', 'plan'],
    ['uninstall|polar', 'uninstall', 'undo'],
    ['doctor', 'doctor', 'inspect'],
    ['schemas', 'schemas', 'schema'],
    ['hlep', 'hlep', 'help'],
    ['undoo', 'undoo', 'undo'],
    ['Pro', 'Pro', null],
    ['constructor', 'constructor', null],
    ['toString|Pro $29/mo', 'toString', null],
  ])('is found in front: %s', (words, word, nearest) => {
    expect(stray(words)).toEqual({ word, place: 'first', nearest })
  })

  test.each([
    ['Pro $29/mo|plan', 'plan', 'plan'],
    ['Pro $29/mo|undo', 'undo', 'undo'],
    ['Pro $29/mo|paln', 'paln', 'plan'],
    ['Pro $29/mo|update', 'update', 'plan'],
    ['Pro $29/mo|plan|Team $99/mo', 'plan', 'plan'],
    ['Pro|29|USD/mo|plan', 'plan', 'plan'],
    ['Pro|29|USD/mo|undo', 'undo', 'undo'],
    ['Pro|$29/mo|schema', 'schema', 'schema'],
  ])('is found behind: %s', (words, word, nearest) => {
    expect(stray(words)).toEqual({ word, place: 'behind', nearest })
  })

  test.each([
    'Pro $29/mo',
    'update Pro $29/mo',
    'plan Pro $29/mo',
    '',
    'Pro|29|USD/mo',
    'pro|29|usd/mo',
    'Pro|$29/mo',
    'Pro|$29|per|month',
    'Pro|$29 per month',
    'Pro|29 USD per month',
    'Pro|(29 EUR / month)',
    'Pro|€29 a month',
    'Pro|A$29 a month',
    'Pro|plan|29|USD/mo',
    'starter|plan|$9|pro|plan|$29',
    'Free,|Pro|29|USD/mo',
    'Free,|Pro $29/mo',
    'Starter:|$9/mo',
    '3|tiers:|Free,|Pro|29|USD/mo',
    '3|tiers: Free, Pro $29/mo',
    'add|billing|with|Pro|29|USD/mo',
    'add|billing|for|Pro $29/mo',
    'sell|course|for|299|USD|once',
    'charge|0.25|USD|per|report',
    'create|a|Pro|plan|at|29|USD/mo',
    'set|up|Pro|29|USD/mo',
    'usage|0.01|USD|per|API|call',
    'plus|29|USD/mo',
    'Plus|29|USD/mo',
    'Team|$15|per|seat|per|month',
    '/integrate:polar|[Pro|($29/mo)]',
    '/integrate:polar|3 tiers: Free, Pro $29/mo',
  ])('is not seen in a request: %s', (words) => {
    expect(stray(words)).toBeNull()
  })

  test('is not seen where there are no words', () => {
    expect(findStrayWord([], COMMANDS)).toBeNull()
  })
})
