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

describe('without Prettier', () => {
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
    [{ 'src/.env.example': '' }, { exampleFile: 'src/.env.example', exists: true }],
  ])('the example of the environment: %j', async (files, expected) => {
    expect((await profileOf(smallHost(files))).env).toMatchObject(expected)
  })
})
