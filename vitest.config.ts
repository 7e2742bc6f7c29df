import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// What runs note for themselves is not left in the home of whoever runs the tests.
const XDG_STATE_HOME = join(tmpdir(), 'integrate-polar-test-state')

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/deep/**', 'tests/hosts/**', 'tests/browser/**'],
          env: { XDG_STATE_HOME },
          testTimeout: 30_000,
        },
      },
      oneAtATime('end-to-end', 'tests/e2e', 1),
      oneAtATime('deep', 'tests/deep', 2),
      {
        test: {
          name: 'hosts',
          include: ['tests/hosts/**/*.test.ts'],
          env: { XDG_STATE_HOME },
          // Each of them starts programs of its own.
          maxConcurrency: 2,
          sequence: { groupOrder: 3 },
        },
      },
      oneAtATime('browser', 'tests/browser', 4),
    ],
  },
})

/** Tests that start programs of their own, which want the machine for themselves. */
function oneAtATime(
  name: string,
  folder: string,
  groupOrder: number,
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [`${folder}/**/*.test.ts`],
      fileParallelism: false,
      // The tests that are generated run side by side, on two cores too.
      env: { VITEST_MAX_WORKERS: '2', XDG_STATE_HOME },
      testTimeout: 300_000,
      hookTimeout: 300_000,
      sequence: { groupOrder },
    },
  }
}
