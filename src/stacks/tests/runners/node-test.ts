import { fitsGlob } from '../../../host/glob.js'
import { isInside } from '../../../host/host-files.js'
import { namesIn, numberIn, wordsAfter, type HostRunner } from './runner.js'

const CALL = /(?:^|\s)--test(?=\s|$)/
const USUAL = [
  '**/*{.,-,_}test.{cjs,mjs,js,cts,mts,ts}',
  '**/test-*.{cjs,mjs,js,cts,mts,ts}',
  '**/test.{cjs,mjs,js,cts,mts,ts}',
  '**/test/**/*.{cjs,mjs,js,cts,mts,ts}',
]

/** The test runner that Node brings. */
export const nodeTest: HostRunner = {
  name: 'node',
  title: "Node's own test runner",
  inScript: CALL,
  package: null,
  collects(_context, path, command) {
    // What follows a flag such as `--test-reporter spec` is no file, and fits no path either.
    const named = wordsAfter(command, CALL)
    return (named.length > 0 ? named : USUAL)
      .map((spec) => spec.replace(/^\.\/|\/$/g, ''))
      .some((spec) => fitsGlob(path, spec) || (!/[*{?]/.test(spec) && isInside(path, spec)))
  },
  // It can only be told what to run.
  ignores: (folder) => `node --test <your tests, without ${folder}>`,
  read: (output) => ({
    passed: numberIn(output, /^(?:ℹ|#) pass (\d+)/gm),
    failures: namesIn(output, /^ *(?:✖|not ok \d+ -) (?!failing tests:)(.*?)(?: \([\d.]+ms\))?$/gm),
  }),
}
