import { join } from 'node:path'
import js from '@eslint/js'
import { ESLint } from 'eslint'
import { defineConfig } from 'eslint/config'
import hooks from 'eslint-plugin-react-hooks'
import refresh from 'eslint-plugin-react-refresh'
import tseslint from 'typescript-eslint'
import { afterEach, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { addDeepSuite } from '../deep/suite.js'
import { discard } from '../support/discard.js'
import { hostCopy, runCli } from '../support/host-copy.js'
import { PRICING_REQUESTS } from '../support/pricing-requests.js'

const CSS = 'express-pg-react'
const TAILWIND = 'express4-session-tailwind'

/** The sets of rules that Vite's React template begins with. */
const RULES = defineConfig({
  files: ['**/*.{ts,tsx}'],
  extends: [
    js.configs.recommended,
    tseslint.configs.recommended,
    hooks.configs.flat['recommended-latest'],
    refresh.configs.vite,
  ],
})

describe('a linter with the rules of Vite’s React template', () => {
  let host: string
  afterEach(() => discard(host))

  test.each([
    ['tiers', PRICING_REQUESTS.tiers.words, CSS],
    ['usage, products and a coupon', PRICING_REQUESTS.hybrid.words, CSS],
    ['gated features', 'free tier with upgrade to Pro ($29/mo) with feature gating', CSS],
    ['seats and trials', PRICING_REQUESTS.seats.words, TAILWIND],
    ['a course', PRICING_REQUESTS.course.words, TAILWIND],
  ])('finds nothing in what is generated for %s', async (_, words, fixture) => {
    host = await hostCopy({ packages: false, of: fixture })
    const run = await runCli(host, [words, '--yes', '--json', '--no-install', '--no-verify'])
    const result = run.events().at(-1) as unknown as Result
    const generated = result.changes.filter(({ template }) => template !== undefined)
    const files = [...generated.map(({ path }) => path), ...addDeepSuite(host, result)]

    const eslint = new ESLint({ cwd: host, overrideConfigFile: true, overrideConfig: RULES })
    const checked = await eslint.lintFiles(files.filter((path) => /\.tsx?$/.test(path)))

    const problems = checked.flatMap(({ filePath, messages }) =>
      messages.map(({ line, ruleId, message }) => {
        const place = `${filePath.slice(join(host, '/').length)}:${line}`
        return `${place} ${ruleId ?? ''} ${message.split('\n')[0]}`
      }),
    )
    expect(problems).toEqual([])
  })
})
