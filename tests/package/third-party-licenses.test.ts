import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { thirdPartyLicenses } from '../../third-party-licenses.js'
import { discard } from '../support/discard.js'

const FILES = {
  'node_modules/whole/package.json': '{"name":"whole","version":"1.2.3","license":"Apache-2.0"}',
  'node_modules/whole/LICENSE.txt': 'The license of whole',
  'node_modules/whole/NOTICE': 'Whole is by somebody',
  'node_modules/whole/ThirdPartyNoticeText.txt': 'Inside whole is something',
  'node_modules/whole/index.js':
    '/* Copyright A. Person */\n// (c) nobody\n\n// Copyright B. Person\n// All rights reserved\nlet a = 1\n',
  'node_modules/whole/other.js': '/* Copyright A. Person */\nlet b = 1\n',
  'node_modules/@scope/field-only/package.json':
    '{"name":"@scope/field-only","version":"2.0.0","license":"MIT"}',
  'node_modules/@scope/field-only/index.js': 'export {}',
  'node_modules/empty/package.json': '{"name":"empty","version":"3.0.0","license":"MIT"}',
  'node_modules/empty/LICENSE': '\n',
  'node_modules/empty/index.js': 'export {}',
  'node_modules/whole/node_modules/whole/package.json':
    '{"name":"whole","version":"0.9.0","license":"MIT"}',
  'node_modules/whole/node_modules/whole/license': 'The older license of whole',
  'node_modules/whole/node_modules/whole/index.js': 'export {}',
  'node_modules/typescript/package.json':
    '{"name":"typescript","version":"6.1.0","license":"Apache-2.0"}',
  'node_modules/typescript/LICENSE.txt': 'The license of TypeScript',
  'node_modules/typescript/ThirdPartyNoticeText.txt': 'Inside TypeScript is something',
  'node_modules/@ts-morph/common/package.json':
    '{"name":"@ts-morph/common","version":"0.1.0","license":"MIT"}',
  'node_modules/@ts-morph/common/LICENSE': 'The license of ts-morph',
  'node_modules/@ts-morph/common/dist/typescript.js': 'var version = "6.1.7";\n',
}

describe('the licenses of what is bundled', () => {
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'integrate-polar-licenses-'))
    await write(FILES)
  })
  afterAll(() => discard(root))

  test('are the license, the notices and the copyright comments of each package, once', () => {
    const inputs = ['src/cli/main.ts', 'node_modules/whole/index.js', 'node_modules/whole/other.js']
    expect(thirdPartyLicenses(inputs, root)).toBe(
      [
        'whole 1.2.3 (Apache-2.0)',
        '-'.repeat(60),
        'The license of whole',
        'Whole is by somebody',
        'Inside whole is something',
        '/* Copyright A. Person */',
        '// Copyright B. Person\n// All rights reserved\n',
      ].join('\n'),
    )
  })

  test('name two versions of a package apart', () => {
    const inputs = ['node_modules/whole/index.js', 'node_modules/whole/node_modules/whole/index.js']
    const text = thirdPartyLicenses(inputs, root)
    expect(text).toContain('whole 1.2.3 (Apache-2.0)')
    expect(text).toContain('whole 0.9.0 (MIT)\n' + '-'.repeat(60) + '\nThe older license of whole')
  })

  test.each([
    [
      'node_modules/@scope/field-only/index.js',
      /^@scope\/field-only 2\.0\.0 \(MIT\) has no license text/,
    ],
    ['node_modules/empty/index.js', /^empty 3\.0\.0 \(MIT\) has no license text/],
  ])(
    'fail the build for a package that names a license and brings no text: %s',
    (input, message) => {
      expect(() => thirdPartyLicenses([input], root)).toThrow(message)
    },
  )

  test('have those of TypeScript for the copy inside ts-morph, in its version', async () => {
    const input = 'node_modules/@ts-morph/common/dist/typescript.js'
    const text = thirdPartyLicenses([input], root)
    expect(text).toContain('@ts-morph/common 0.1.0 (MIT)')
    expect(text).toContain('typescript 6.1.7 (Apache-2.0), in @ts-morph/common/dist/typescript.js')
    expect(text).toContain('The license of TypeScript\nInside TypeScript is something')
    await write({ [input]: 'var version = "7.0.0";\n' })
    expect(() => thirdPartyLicenses([input], root)).toThrow(/is typescript 7\.0\.0.+are of 6\.1\.0/)
  })

  async function write(files: Record<string, string>) {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), content)
    }
  }
})
