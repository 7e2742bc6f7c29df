import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

async function formatOf(changes: Files) {
  const { format } = await profileOf(smallHost(changes))
  return { tool: format.tool.value, options: format.options }
}

describe("the host's Prettier settings", () => {
  const expected = { tool: 'prettier', options: { semi: false, tabWidth: 4 } }

  it.each<[string, Files]>([
    ['.prettierrc as JSON', { '.prettierrc': '{ // why\n "semi": false, "tabWidth": 4, }' }],
    [
      '.prettierrc as YAML',
      { '.prettierrc': '# why\nsemi: false # no\ntabWidth: 4\nplugins:\n  - a\n' },
    ],
    ['.prettierrc.yaml', { '.prettierrc.yaml': "semi: false\n'tabWidth': 4\n" }],
    [
      '.prettierrc.toml',
      { '.prettierrc.toml': 'semi = false\ntabWidth = 4\n[[overrides]]\nsemi = true\n' },
    ],
    ['.prettierrc.json5', { '.prettierrc.json5': "{ semi: false, 'tabWidth': 4 }" }],
    [
      'prettier.config.js',
      {
        'prettier.config.js':
          '/** x */\nexport default { semi: false, tabWidth: 4, plugins: [] }\n',
      },
    ],
    [
      'prettier.config.mjs',
      {
        'prettier.config.mjs':
          'const config = { semi: false, tabWidth: 4 }\nexport default config\n',
      },
    ],
    ['.prettierrc.cjs', { '.prettierrc.cjs': 'module.exports = { semi: false, tabWidth: 4 }\n' }],
    ['package.json', { 'package.json': packageJson({ prettier: { semi: false, tabWidth: 4 } }) }],
    [
      "a config in the server's folder",
      { '.prettierrc': '{ "semi": true }', 'src/.prettierrc': 'semi: false\ntabWidth: 4\n' },
    ],
  ])('come from %s', async (_, files) => {
    expect(await formatOf(files)).toEqual(expected)
  })

  it('include what holds for TypeScript files', async () => {
    const config = {
      semi: true,
      overrides: [
        { files: '*.{js,ts}', options: { semi: false } },
        { files: ['*.md'], options: { tabWidth: 8 } },
        { files: ['*.ts', '*.tsx'], options: { tabWidth: 4 } },
      ],
    }
    expect(await formatOf({ '.prettierrc.json': JSON.stringify(config) })).toEqual(expected)
  })

  it('take what .editorconfig says of the language, the nearest file most', async () => {
    const files = {
      '.prettierrc': '{}',
      '.editorconfig': '[*.md]\nindent_size = 8\n[*.{js,ts}]\nindent_size = 4\n',
      'src/.editorconfig': '[*.ts]\nmax_line_length = 100\n[*.css]\nindent_size = 2\n',
    }
    expect((await formatOf(files)).options).toEqual({ tabWidth: 4, printWidth: 100 })
    const alone = { ...files, 'src/.editorconfig': 'root = true\n[*]\nindent_size = 3\n' }
    expect((await formatOf(alone)).options).toEqual({ tabWidth: 3 })
  })

  it('leave the parser out, which is another one for each file', async () => {
    expect((await formatOf({ '.prettierrc': '{ "parser": "babel" }' })).options).toEqual({})
  })

  it('take indentation and width from .editorconfig, below their own', async () => {
    const files = {
      '.prettierrc': '{ "tabWidth": 4 }',
      '.editorconfig': `root = true
[*]
indent_style = tab
indent_size = 8
end_of_line = crlf
max_line_length = 110 ; wide
[*.md]
max_line_length = off
`,
    }
    expect((await formatOf(files)).options).toEqual({
      useTabs: true,
      tabWidth: 4,
      endOfLine: 'crlf',
      printWidth: 110,
    })
  })

  it('are its defaults where it is only installed', async () => {
    const manifest = packageJson({ devDependencies: { prettier: '^3.0.0' } })
    expect(await formatOf({ 'package.json': manifest })).toEqual({ tool: 'prettier', options: {} })
  })

  it.each<[string, Files]>([
    ['a shared configuration', { 'package.json': packageJson({ prettier: '@acme/prettier' }) }],
    [
      'code',
      {
        'prettier.config.js':
          "import base from '@acme/x'\nexport default { ...base, semi: false }\n",
      },
    ],
    ['broken JSON', { '.prettierrc.json': '[' }],
  ])('are assumed, and said so, from %s', async (_, files) => {
    const root = smallHost(files)
    expect((await profileOf(root)).format.options).toEqual({})
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.format' }),
    )
  })
})

describe('the settings of Biome', () => {
  it('are those of its formatter, in the words of Prettier', async () => {
    const config = `{
  // Ours.
  "formatter": { "indentStyle": "space", "indentWidth": 4, "lineWidth": 100, "lineEnding": "crlf" },
  "javascript": {
    "formatter": { "quoteStyle": "single", "semicolons": "asNeeded", "trailingCommas": "none" }
  }
}`
    expect(await formatOf({ 'biome.jsonc': config })).toEqual({
      tool: 'biome',
      options: {
        useTabs: false,
        tabWidth: 4,
        printWidth: 100,
        endOfLine: 'crlf',
        semi: false,
        singleQuote: true,
        jsxSingleQuote: false,
        trailingComma: 'none',
        arrowParens: 'always',
        bracketSpacing: true,
        bracketSameLine: false,
      },
    })
  })

  it('are its own defaults where it says nothing: tabs and double quotes', async () => {
    expect((await formatOf({ 'biome.json': '{}' })).options).toMatchObject({
      useTabs: true,
      semi: true,
      singleQuote: false,
      trailingComma: 'all',
    })
  })

  it('are none where it does not format, and below those of Prettier', async () => {
    const off = '{ "formatter": { "enabled": false } }'
    expect((await formatOf({ 'biome.json': off })).tool).toBe('none')
    const both = { 'biome.json': '{}', '.prettierrc': '{ "semi": false }' }
    expect(await formatOf(both)).toEqual({ tool: 'prettier', options: { semi: false } })
  })
})

describe('what ESLint asks for without Prettier', () => {
  it.each<[string, Files]>([
    [
      'rules of its own',
      {
        '.eslintrc.json':
          '{ "rules": { "semi": ["error", "always"], "quotes": [2, "double"], "indent": ["error", 4, { "SwitchCase": 1 }], "comma-dangle": ["error", "never"] } }',
      },
    ],
    [
      'rules on style',
      {
        'eslint.config.js': `export default [{ rules: {
  '@stylistic/semi': ['error', 'always'],
  '@stylistic/quotes': ['error', 'double', { avoidEscape: true }],
  '@stylistic/indent': ['warn', 4],
  '@stylistic/comma-dangle': ['error', 'never'],
  '@stylistic/no-extra-semi': 'off',
} }]`,
      },
    ],
    [
      'the rule of Prettier',
      {
        '.eslintrc.js': `module.exports = { rules: { 'prettier/prettier': ['error', {
  semi: true, singleQuote: false, tabWidth: 4, trailingComma: 'none' }] } }`,
      },
    ],
  ])('is taken from %s', async (_, files) => {
    expect((await formatOf(files)).options).toMatchObject({
      semi: true,
      singleQuote: false,
      tabWidth: 4,
      trailingComma: 'none',
    })
  })

  it('is nothing where the rules are off', async () => {
    const config = '{ "rules": { "semi": "off", "quotes": [0, "double"], "indent": 0 } }'
    expect((await formatOf({ '.eslintrc.json': config })).options).toMatchObject({
      semi: false,
      singleQuote: true,
      tabWidth: 2,
    })
  })

  it('is the style of StandardJS', async () => {
    const manifest = packageJson({ devDependencies: { standard: '^17.0.0' } })
    const options = { semi: false, singleQuote: true, trailingComma: 'none' }
    expect((await formatOf({ 'package.json': manifest })).options).toMatchObject(options)
  })
})

describe('without Prettier', () => {
  it('one file with other line endings does not decide', async () => {
    const files = { 'src/index.ts': "import { app } from './app.js'\r\napp.listen(3000)\r\n" }
    expect((await formatOf(files)).options['endOfLine']).toBe('lf')
  })

  it('one odd line does not decide on indentation', async () => {
    const app = `import express from 'express'
export const app = express()
if (process.env.A) {
    app.use(express.json())
    if (process.env.B) {
        app.set('b',
              'odd')
    }
}
`
    expect((await formatOf({ 'src/app.ts': app })).options).toMatchObject({
      useTabs: false,
      tabWidth: 4,
    })
  })

  it('settings are read off the source', async () => {
    expect(await formatOf({})).toEqual({
      tool: 'none',
      options: {
        semi: false,
        singleQuote: true,
        trailingComma: 'all',
        useTabs: false,
        tabWidth: 2,
        printWidth: 80,
        endOfLine: 'lf',
      },
    })
  })

  it('are the same once billing is mounted in one of the files, in its own style', async () => {
    const index = "import './app.js'\nimport './db.js'\nstart('a')\n"
    const app =
      'import express from "express";\nimport "./notes.js";\nexport const app = express();\n'
    const mounted = `import { polarWebhookRouter } from "./webhooks/polar.webhook.js";\n${app}app.use("/api", a);\n`
    const before = await formatOf({ 'src/index.ts': index, 'src/app.ts': app })
    expect(await formatOf({ 'src/index.ts': index, 'src/app.ts': mounted })).toEqual(before)
  })

  it('also another style is', async () => {
    const app = [
      'import express from "express";',
      'import { notes } from "./notes.js";',
      'import { requireAuth } from "./auth.js";',
      'export const app = express();',
      'if (1) {',
      '\tapp.use("/api/notes", requireAuth, notes);',
      '\tapp.set("a", {',
      '\t\ta: 1',
      '\t});',
      `\tapp.set("b", "${'x'.repeat(80)}");`,
      '}',
    ].join('\r\n')
    expect(
      (await formatOf({ 'src/app.ts': app, 'src/index.ts': 'import "./app.js";\r\n' })).options,
    ).toEqual({
      semi: true,
      singleQuote: false,
      trailingComma: 'none',
      useTabs: true,
      printWidth: 100,
      endOfLine: 'crlf',
    })
  })
})

describe('the environment', () => {
  it.each<[Files, { exampleFile: string; exists: boolean }]>([
    [{}, { exampleFile: '.env.example', exists: false }],
    [{ '.env.sample': '' }, { exampleFile: '.env.sample', exists: true }],
    [{ 'example.env': '' }, { exampleFile: 'example.env', exists: true }],
    [{ '.env-example': '' }, { exampleFile: '.env-example', exists: true }],
    [{ 'src/.env.example': '' }, { exampleFile: 'src/.env.example', exists: true }],
  ])('the example of the environment: %j', async (files, expected) => {
    expect((await profileOf(smallHost(files))).env).toMatchObject(expected)
  })
})
