import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

async function testsOf(changes: Files) {
  const { tests } = await profileOf(smallHost(changes))
  const { runner, hostRunner, dir, script, apart } = tests
  return { brought: runner.source, runner: hostRunner?.value, dir: dir.value, script, apart }
}

const ALONE = {
  compiledBy: [],
  collected: false,
  aliases: false,
  vitest: '^3.2.0',
  nodeEnv: null,
  overridesTypes: false,
  oldJest: null,
}
const BESIDE = { ...ALONE, ending: '.vitest' }

describe('the Vitest that is brought', () => {
  it('goes with the Vite that the host has', async () => {
    const changes = { 'package.json': packageJson({ devDependencies: { vite: '^8.0.0' } }) }
    expect((await profileOf(smallHost(changes))).tests.apart?.vitest).toBe('^4.1.0')
  })

  const byName = 'export const settings = { development: a, production: b }[name]\n'
  it.each([
    { nodeEnv: 'testing', test: 'cross-env NODE_ENV=testing jest', settings: '' },
    { nodeEnv: null, test: 'NODE_ENV=test mocha', settings: byName },
    { nodeEnv: 'development', test: undefined, settings: byName },
    { nodeEnv: 'development', test: undefined, settings: "oneOf(['development', 'production'])\n" },
    { nodeEnv: null, test: undefined, settings: byName.replace('a,', 'a, test: c,') },
    {
      nodeEnv: null,
      test: undefined,
      settings: `${byName}if (process.env.NODE_ENV !== 'test') listen()\n`,
    },
  ])(
    'loads the app with NODE_ENV $nodeEnv: $test $settings',
    async ({ nodeEnv, test, settings }) => {
      const changes = {
        'package.json': packageJson({ scripts: { test } }),
        'src/settings.ts': settings,
        'src/db.ts':
          "import pg from 'pg'\nimport './settings.js'\nexport const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })\n",
      }
      expect((await profileOf(smallHost(changes))).tests.apart?.nodeEnv).toBe(nodeEnv)
    },
  )

  it.each(['tsconfig.json', 'jsconfig.json'])('follows the paths of %s', async (name) => {
    const paths = { compilerOptions: { baseUrl: '.', paths: { '@db': ['./db/index.js'] } } }
    const changes = { 'tsconfig.json': '{}', [name]: JSON.stringify(paths) }
    expect((await profileOf(smallHost(changes))).tests.apart?.aliases).toBe(true)
  })
})

describe("the host's tests under Vitest", () => {
  it.each<[Files, { dir: string; script: string | null }]>([
    [
      { 'package.json': packageJson({ scripts: { test: 'vitest run' } }), 'test/a.test.ts': '' },
      { dir: 'test', script: 'test' },
    ],
    [
      {
        'package.json': packageJson({ devDependencies: { vitest: '4' } }),
        'vitest.config.ts': "export default { test: { include: ['src/**/*.test.ts'] } }",
      },
      { dir: 'src/tests', script: null },
    ],
    [
      {
        'package.json': packageJson({ devDependencies: { vitest: '4' } }),
        'vitest.config.ts': "export default { test: {\n include: ['./spec/tests/**/*.test.ts'] } }",
        'tests/a.test.ts': '',
      },
      { dir: 'spec/tests', script: null },
    ],
    [
      {
        'package.json': packageJson({ scripts: { test: 'vitest run' } }),
        'src/__tests__/setup.ts': '',
      },
      { dir: 'src/__tests__', script: 'test' },
    ],
  ])('have billing’s among them: %j', async (files, expected) => {
    const tests = await testsOf(files)
    expect(tests).toEqual({ ...expected, brought: 'detected', runner: 'vitest', apart: null })
  })
})

describe("a run of billing's own", () => {
  it.each<[Record<string, unknown>]>([
    [{}],
    [{ scripts: { test: 'echo "Error: no test specified" && exit 1' } }],
  ])('is brought where there are no tests: %j', async (manifest) => {
    const files = { 'package.json': packageJson(manifest) }
    expect(await testsOf(files)).toEqual({
      brought: 'assumed',
      runner: undefined,
      dir: 'tests',
      script: null,
      apart: { ...ALONE, ending: '.test' },
    })
    const assumed = await assumptionsOf(smallHost(files))
    expect(assumed.map(({ field, value }) => [field, value])).toContainEqual([
      'host.tests.runner',
      'vitest',
    ])
  })

  it.each<[string, string | null, Record<string, unknown>]>([
    ['jest', 'test', { scripts: { test: 'jest --coverage' } }],
    ['jest', null, { devDependencies: { jest: '^30.0.0' } }],
    ['jest', 'test', { scripts: { test: 'react-scripts test' } }],
    ['jest', 'test', { scripts: { test: 'yarn db:reset && yarn unit', unit: 'jest -i' } }],
    ['jest', 'test', { scripts: { test: 'run-s unit', unit: 'jest -i' } }],
    ['mocha', 'test', { scripts: { test: 'mocha --recursive' }, devDependencies: { vitest: '4' } }],
    ['mocha', 'test', { scripts: { test: 'NODE_ENV=test nyc mocha --exit' } }],
    ['node', 'test', { scripts: { test: 'node --import tsx --test' } }],
    ['ava', 'test', { scripts: { test: 'xo && ava' } }],
    ['tap', 'test', { scripts: { test: 'tap' } }],
    ['jasmine', 'test', { scripts: { test: 'jasmine-ts' } }],
    ['bun', 'test', { scripts: { test: 'bun test' } }],
    ['other', 'test', { scripts: { test: 'bash run-tests.sh' } }],
  ])('stands beside %s, script %s', async (runner, script, manifest) => {
    expect(await testsOf({ 'package.json': packageJson(manifest) })).toMatchObject({
      brought: 'assumed',
      runner,
      script,
      apart: { ending: '.vitest', collected: false },
    })
  })

  it.each<[string, Files]>([
    ['tests/billing', { 'jest.config.js': "module.exports = { testMatch: ['**/*.test.ts'] }" }],
    ['tests/billing', { 'jest.config.js': 'module.exports = { preset: "ts-jest" }' }],
    [
      'tests/billing',
      { 'jest.config.ts': "export default { roots: ['src'], testMatch: ['**/*.ts'] }" },
    ],
    ['billing-tests', { 'jest.config.js': "module.exports = { testMatch: ['**/tests/**/*.ts'] }" }],
    ['billing-tests', { 'jest.config.js': "module.exports = { testRegex: '/tests/.*\\\\.ts$' }" }],
  ])('lies in %s, where Jest does not take it: %j', async (dir, files) => {
    const manifest = packageJson({ scripts: { test: 'jest' } })
    expect(await testsOf({ 'package.json': manifest, ...files })).toMatchObject({
      dir,
      apart: BESIDE,
    })
  })

  it.each<[string, string, Files]>([
    ['tests/billing', 'mocha', {}],
    ['tests/billing', "mocha -r ts-node/register 'test/**/*.ts'", {}],
    ['billing-tests', "mocha --timeout 5000 'tests/**/*.ts'", {}],
    ['billing-tests', 'mocha --recursive tests/', {}],
    ['billing-tests', 'mocha', { '.mocharc.json': '{ "spec": ["tests/**/*.ts"] }' }],
    ['billing-tests', 'mocha', { '.mocharc.yml': 'spec:\n  - test/**/*.ts\n  - tests/**/*.ts\n' }],
    ['tests/billing', 'mocha', { '.mocharc.js': "module.exports = { spec: 'src/**/*.spec.ts' }" }],
    ['billing-tests', 'ava', {}],
    ['tests/billing', 'node --test', {}],
    ['billing-tests', 'node --test tests/', {}],
  ])('lies in %s beside `%s` %j', async (dir, test, files) => {
    const manifest = packageJson({ scripts: { test } })
    expect(await testsOf({ 'package.json': manifest, ...files })).toMatchObject({
      dir,
      apart: BESIDE,
    })
  })

  it('says so where the runner takes all there is', async () => {
    const config = "module.exports = { testMatch: ['**/*.ts'] }"
    const manifest = packageJson({ scripts: { test: 'jest' } })
    const tests = await testsOf({ 'package.json': manifest, 'jest.config.js': config })
    expect(tests.apart?.collected).toBe(true)
  })

  it.each<[string, string[], Files]>([
    ['src alone is built', [], { 'tsconfig.json': '{ "include": ["src"] }' }],
    ['tests are left out', [], { 'tsconfig.json': '{ "exclude": ["tests"] }' }],
    ['nothing is emitted', [], { 'tsconfig.json': '{ "compilerOptions": { "noEmit": true } }' }],
    [
      'all is built',
      ['tsconfig.json'],
      { 'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }' },
    ],
    [
      'only looked at, where sources may lie in src alone',
      ['tsconfig.json'],
      {
        'package.json': packageJson({ scripts: { dev: 'tsx src/index.ts' } }),
        'tsconfig.json':
          '{ "include": ["**/*.ts"], "compilerOptions": { "noEmit": true, "rootDir": "./src" } }',
      },
    ],
    [
      'only looked at, where sources may lie anywhere',
      [],
      {
        'package.json': packageJson({ scripts: { dev: 'tsx src/index.ts' } }),
        'tsconfig.json': '{ "compilerOptions": { "noEmit": true, "rootDir": "." } }',
      },
    ],
    [
      'the build has settings of its own',
      ['tsconfig.build.json'],
      {
        'package.json': packageJson({ scripts: { build: 'tsc -p tsconfig.build.json' } }),
        'tsconfig.json': '{ "include": ["src"] }',
        'tsconfig.build.json': '{ "extends": "./tsconfig", "include": ["**/*"] }',
      },
    ],
    [
      'the folder is built, and another is not',
      [],
      {
        'package.json': packageJson({ scripts: { build: 'tsc -p tsconfig.build.json' } }),
        'tsconfig.json': '{ "include": ["src", "tests"] }',
        'tsconfig.build.json': '{ "extends": "./tsconfig.json" }',
      },
    ],
  ])('is not built with the server: %s', async (_, compiledBy, files) => {
    const manifest = packageJson({ scripts: { build: 'tsc && cp -r views dist' } })
    const tests = await testsOf({ 'package.json': manifest, ...files })
    expect(tests.apart?.compiledBy).toEqual(compiledBy)
  })

  it.each([
    ['^16.11.7', true],
    ['14', true],
    ['~19.0.0', true],
    ['^18.0.0', false],
    ['^20.19.0', false],
    ['>=22', false],
    ['latest', false],
    [undefined, false],
  ])('knows whether Vitest is taken beside @types/node %s', async (range, overridesTypes) => {
    const manifest = packageJson({ devDependencies: { '@types/node': range } })
    expect((await testsOf({ 'package.json': manifest })).apart).toMatchObject({ overridesTypes })
  })

  it.each<[unknown, Record<string, unknown>, Files]>([
    [
      { major: 27, settings: 'jest.config.js' },
      { jest: '^27.5.1' },
      { 'jest.config.js': 'module.exports = {}' },
    ],
    [{ major: 26, settings: 'package.json' }, { jest: '26.x' }, {}],
    [null, { jest: '^28.0.0' }, {}],
    [null, { jest: '^29.7.0' }, { 'jest.config.js': 'module.exports = {}' }],
  ])(
    'knows a Jest that does not load all of billing: %j %j',
    async (oldJest, devDependencies, files) => {
      const manifest = packageJson({ scripts: { test: 'jest' }, devDependencies })
      expect((await testsOf({ 'package.json': manifest, ...files })).apart).toMatchObject({
        oldJest,
      })
    },
  )

  it('is known again by its script when Vitest is there', async () => {
    const script = 'vitest run --config tests/billing/vitest.config.mts'
    const before = { scripts: { test: 'mocha' } }
    const after = {
      scripts: { test: 'mocha', 'test:billing': script },
      devDependencies: { vitest: '^3.2.0' },
    }
    const alone = { scripts: { 'test:billing': script }, devDependencies: { vitest: '^3.2.0' } }
    for (const [first, second] of [
      [before, after],
      [{}, alone],
    ] as const) {
      expect(await testsOf({ 'package.json': packageJson(second) })).toEqual(
        await testsOf({ 'package.json': packageJson(first) }),
      )
    }
  })
})
