import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withPackages } from '../../src/packages/package-json.js'

const none = { dependencies: {}, devDependencies: {} }
const polar = { dependencies: { '@polar-sh/sdk': '^1.0.1' }, devDependencies: {} }

const host = `{
  "name": "host",
  "scripts": {
    "dev": "tsx server.ts",
    "build": "tsc"
  },
  "dependencies": {
    "express": "^5.0.0",
    "pg": "^8.11.0"
  },
  "devDependencies": {
    "vitest": "^4.0.0"
  }
}
`

describe('withPackages', () => {
  it('puts a dependency in its alphabetical place and changes nothing else', () => {
    const { content, conflicts } = withPackages(host, polar, {})
    expect(conflicts).toEqual([])
    expect(content).toBe(
      host.replace('    "express"', '    "@polar-sh/sdk": "^1.0.1",\n    "express"'),
    )
  })

  it('puts one in the middle and one at the end', () => {
    const { content } = withPackages(
      host,
      { dependencies: { helmet: '^8.0.0', zod: '^4.0.0' }, devDependencies: {} },
      {},
    )
    expect(content).toContain(
      '"express": "^5.0.0",\n    "helmet": "^8.0.0",\n    "pg": "^8.11.0",\n    "zod": "^4.0.0"\n  }',
    )
  })

  it('appends where the entries are in no order', () => {
    const unordered = host.replace(
      '"express": "^5.0.0",\n    "pg"',
      '"pg-pool": "^3.0.0",\n    "a"',
    )
    const { content } = withPackages(unordered, polar, {})
    expect(content).toContain('"a": "^8.11.0",\n    "@polar-sh/sdk": "^1.0.1"\n')
  })

  it('appends scripts', () => {
    const { content } = withPackages(host, none, { migrate: 'node-pg-migrate up' })
    expect(content).toContain('"build": "tsc",\n    "migrate": "node-pg-migrate up"\n  }')
  })

  it('says the same text the second time', () => {
    const first = withPackages(host, polar, { migrate: 'x' }).content
    expect(withPackages(first, polar, { migrate: 'x' })).toEqual({ content: first, conflicts: [] })
  })

  it.each([
    ['tabs', host.replaceAll('  ', '\t')],
    ['four spaces', host.replaceAll('  ', '    ')],
    ['CRLF', host.replaceAll('\n', '\r\n')],
    ['a byte order mark', '\uFEFF' + host],
    ['no last line break', host.trimEnd()],
  ])('keeps %s', (_, text) => {
    const { content } = withPackages(text, polar, { migrate: 'x' })
    const newLines = content.split('\n').filter((line) => /polar|migrate/.test(line))
    expect(newLines).toHaveLength(2)
    const rest = content
      .split('\n')
      .filter((line) => !/polar|migrate/.test(line))
      .join('\n')
      .replace('"build": "tsc",', '"build": "tsc"')
    expect(rest).toBe(text)
    expect(newLines[0]).toMatch(text.includes('\r') ? /\r$/ : /[^\r]$/)
  })

  it('makes sections that are missing, in npm’s order', () => {
    const { content } = withPackages('{\n  "name": "x"\n}\n', polar, { migrate: 'x' })
    expect(content).toBe(
      '{\n  "name": "x",\n  "scripts": {\n    "migrate": "x"\n  },\n  "dependencies": {\n    "@polar-sh/sdk": "^1.0.1"\n  }\n}\n',
    )
  })

  it.each(['{}', '{\n}', '{"name":"x"}', '{ "dependencies": {} }', '{"dependencies":{"pg":"8"}}'])(
    'adds to %j',
    (text) => {
      const { content } = withPackages(text, polar, {})
      expect(JSON.parse(content)).toMatchObject({ dependencies: polar.dependencies })
    },
  )

  it.each([
    '^1.0.1',
    '^1.2.0',
    '~1.0.3',
    '1.0.1',
    '1.4.0',
    '*',
    'latest',
    'workspace:*',
    'file:../x',
  ])('leaves an entry at %s alone', (range) => {
    const text = host.replace('"pg": "^8.11.0"', `"@polar-sh/sdk": "${range}"`)
    expect(withPackages(text, polar, {})).toEqual({ content: text, conflicts: [] })
  })

  it.each(['^1.0.0', '~1.0.0', '1.x', '1'])('raises an entry at %s', (range) => {
    const text = host.replace('"pg": "^8.11.0"', `"@polar-sh/sdk": "${range}"`)
    const { content, conflicts } = withPackages(text, polar, {})
    expect(conflicts).toEqual([])
    expect(content).toBe(text.replace(`"${range}"`, '"^1.0.1"'))
  })

  it.each(['^0.34.0', '0.12.1', '~0.40', '^2.0.0', '1.0.0'])('reports an entry at %s', (range) => {
    const text = host.replace('"pg": "^8.11.0"', `"@polar-sh/sdk": "${range}"`)
    const { content, conflicts } = withPackages(text, polar, {})
    expect(content).toBe(text)
    expect(conflicts).toHaveLength(1)
    expect(conflicts[0]?.reason).toContain(`@polar-sh/sdk is at ${range}, and ^1.0.1 is needed`)
  })

  it('reports a script of the same name that does something else', () => {
    const { content, conflicts } = withPackages(host, none, { build: 'vite build' })
    expect(content).toBe(host)
    expect(conflicts[0]?.reason).toContain('"build"')
  })

  it('takes a dependency of production for one of development', () => {
    const dev = { dependencies: {}, devDependencies: { pg: '^8.0.0' } }
    expect(withPackages(host, dev, {})).toEqual({ content: host, conflicts: [] })
  })

  it('moves what the running server needs out of devDependencies', () => {
    const production = { dependencies: { pg: '^8.0.0' }, devDependencies: {} }
    const lists = (runtime: string, dev: string): string =>
      `{\n  "dependencies": {\n    ${runtime}\n  },\n  "devDependencies": ${dev}\n}\n`
    const moved = (dev: string): unknown => withPackages(lists('"a": "1"', dev), production, {})
    const after = (dev: string): unknown => ({
      content: lists('"a": "1",\n    "pg": "^8.11.0"', dev),
      conflicts: [],
    })
    const only = '{\n    "pg": "^8.11.0"\n  }'
    const first = '{\n    "pg": "^8.11.0",\n    "vitest": "1"\n  }'
    const last = '{\n    "eslint": "1",\n    "pg": "^8.11.0"\n  }'
    expect(moved(only)).toEqual(after('{}'))
    expect(moved(first)).toEqual(after('{\n    "vitest": "1"\n  }'))
    expect(moved(last)).toEqual(after('{\n    "eslint": "1"\n  }'))
  })

  it.each(['', '{', '[]', 'null', '{"a":1,}'])('reports %j, which is not an object', (text) => {
    const { content, conflicts } = withPackages(text, polar, {})
    expect(content).toBe(text)
    expect(conflicts).toHaveLength(1)
  })

  it('adds exactly what was asked to any package.json', () => {
    const name = fc.oneof(fc.constantFrom('a', 'b"{}', '\\', '@x/y', ',]', '__proto'), fc.string())
    const section = fc.dictionary(name, fc.constant('^1.0.0'))
    const file = fc.record(
      { name: fc.string(), version: fc.jsonValue(), dependencies: section, scripts: section },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(
        file,
        section,
        fc.constantFrom(undefined, 1, 2, 4, '\t'),
        (json, added, indent) => {
          const text = JSON.stringify(json, null, indent)
          const { content } = withPackages(text, { dependencies: added, devDependencies: {} }, {})
          const expected = JSON.parse(text) as { dependencies?: Record<string, string> }
          const dependencies = { ...added, ...expected.dependencies }
          if (Object.keys(added).length > 0) expected.dependencies = dependencies
          expect(JSON.parse(content)).toEqual(expected)
        },
      ),
    )
  })
})
