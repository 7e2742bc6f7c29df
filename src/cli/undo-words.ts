import type { ResultChange } from '../types.js'

/** What was done about a run, or an undo, that had been cut off. */
export function restoredWords(restored: 'run' | 'undo', changes: ResultChange[]): string {
  return restored === 'run'
    ? `An earlier run had been cut off. It is taken back: ${countWords(changes)}.`
    : `An earlier undo had been cut off. It is finished now: ${countWords(changes)}.`
}

/** '2 files removed, 1 restored' */
export function countWords(changes: ResultChange[]): string {
  const count = (action: ResultChange['action']): number =>
    changes.filter((change) => change.action === action).length
  const parts = [
    [count('delete'), 'removed'],
    [count('restore'), 'restored'],
    [count('keep'), 'kept as you edited them'],
  ] as const
  const words = parts.filter(([number]) => number > 0).map(([number, what]) => [number, what])
  if (words.length === 0) return 'no file had to be changed'
  const [first, ...rest] = words.map(([number, what], index) => {
    const unit = index > 0 ? '' : number === 1 ? ' file' : ' files'
    return `${number}${unit} ${what}`
  })
  return [first, ...rest].join(', ')
}

/** What is left to a person where files stay because they were edited. */
export function keptWords(paths: string[]): string {
  const [them, they] = paths.length === 1 ? ['it', 'it'] : ['them', 'they']
  return (
    `Edited since, so left as ${they === 'it' ? 'it is' : 'they are'}: ${paths.join(', ')}. ` +
    `Take what refers to the removed files out of ${them} by hand, or run ` +
    `integrate-polar undo --force, which restores ${them} too and saves what ${they} ` +
    `${they === 'it' ? 'holds' : 'hold'} now in .integrate-polar/kept.`
  )
}
