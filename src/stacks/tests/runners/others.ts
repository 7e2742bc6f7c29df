import { fitsGlob } from '../../../host/glob.js'
import { namesIn, numberIn, type HostRunner } from './runner.js'

/** A runner whose settings are not read: it is taken to look where it usually does. */
function usual(
  runner: Pick<HostRunner, 'name' | 'title' | 'inScript' | 'package'>,
  patterns: string[],
  passed: RegExp,
  failed: RegExp,
  ignores: HostRunner['ignores'] = (folder) => `"!${folder}/**"`,
): HostRunner {
  return {
    ...runner,
    collects: (_context, path) => patterns.some((pattern) => fitsGlob(path, pattern)),
    ignores,
    read: (output) => ({
      passed: numberIn(output, passed),
      failures: namesIn(output, failed),
    }),
  }
}

export const ava = usual(
  { name: 'ava', title: 'AVA', inScript: /\bava\b/, package: 'ava' },
  [
    ...['**/test.*', '**/test-*.*', '**/*.spec.*', '**/*.test.*'],
    ...['**/test/**', '**/tests/**', '**/__tests__/**'],
  ],
  /^ *(\d+) tests? passed/gm,
  /^ *✘ (?:\[fail\]: )?(.*?)$/gm,
)

export const tap = usual(
  { name: 'tap', title: 'node-tap', inScript: /\btap\b/, package: 'tap' },
  ['{t,test,tests,__tests__}/**', '**/*.{test,tests,spec}.*', '**/{test,tests,spec}.*'],
  /^# \{? ?pass(?:ed)?:? +(\d+)/gm,
  /^ *not ok \d+ - (.*?)$/gm,
)

export const jasmine = usual(
  { name: 'jasmine', title: 'Jasmine', inScript: /\bjasmine(-ts)?\b/, package: 'jasmine' },
  ['spec/**', '**/*[sS]pec.*'],
  // Failures are said behind the number of all.
  /^(\d+) specs?, 0 failures/gm,
  /^\d+\) (.*?)$/gm,
)

export const bun = usual(
  { name: 'bun', title: 'Bun', inScript: /\bbun test\b/, package: null },
  ['**/*{.,_}{test,spec}.*'],
  /^ *(\d+) pass$/gm,
  /^\(fail\) (.*?)(?: \[[\d.]+ms\])?$/gm,
)
