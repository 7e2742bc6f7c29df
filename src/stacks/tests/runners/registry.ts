import { jest } from './jest.js'
import { mocha } from './mocha.js'
import { nodeTest } from './node-test.js'
import { ava, bun, jasmine, tap } from './others.js'
import type { HostRunner } from './runner.js'

/** A new runner of a host's own tests is one line here. */
export const hostRunners: readonly HostRunner[] = [jest, mocha, nodeTest, ava, tap, jasmine, bun]
