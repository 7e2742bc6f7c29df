import { describe, expect, it } from 'vitest'
import { isSameCode } from '../../src/render/same-code/index.js'

type Case = [what: string, one: string, other: string]

const STYLE: Case[] = [
  ['quotes, semicolons and blank lines', "const a = 'x'\n", 'const a = "x";\n\n\n'],
  [
    'the order of imports and of their names',
    "import { b, a } from './x'\nimport c from 'c'\n",
    "import c from 'c'\n\nimport { a, b } from './x'\n",
  ],
  [
    'two imports of a module and one',
    "import type { A } from './x'\nimport { b } from './x'\n",
    "import { type A, b } from './x'\n",
  ],
  ['the prefix of a module of Node', "import fs from 'fs'\n", "import fs from 'node:fs'\n"],
  [
    'the order of require calls',
    "'use strict'\nconst b = require('b')\nconst { a } = require('./a')\n",
    "'use strict'\n\nconst { a } = require('./a')\nconst b = require('b')\n",
  ],
  [
    'where a stylesheet is imported',
    "import './a.css'\nimport b from 'b'\n",
    "import b from 'b'\nimport './a.css'\n",
  ],
  [
    'braces around one statement',
    'if (a) b()\nelse c()\n',
    'if (a) {\n  b()\n} else {\n  c()\n}\n',
  ],
  ['the parentheses of a parameter', 'f(x => x)\n', 'f((x) => x)\n'],
  [
    'a value and a block that returns it',
    'f(() => ({ a }))\n',
    'f(() => {\n  return { a: a }\n})\n',
  ],
  ['trailing commas', 'f([a, b])\n', 'f([\n  a,\n  b,\n])\n'],
  [
    'separators of members',
    'type A = { b: string; c: number }\n',
    'type A = {\n  b: string,\n  c: number\n}\n',
  ],
  ['a leading bar', 'type A = B | C\n', 'type A =\n  | B\n  | C\n'],
  ['quotes of a key', "const a = { 'b': 1 }\n", 'const a = { b: 1 }\n'],
  ['the stars of a comment', '/** Says a. */\nlet a\n', '/**\n * Says a.\n */\nlet a\n'],
  ['lines of text', '<p>a b</p>\n', '<p>\n  a{" "}\n  b\n</p>\n'],
  ['an element without children', '<p a={true} b={"c"}></p>\n', '<p a b="c" />\n'],
  ['the order of classes', '<p className="b a" />\n', '<p className="a b" />\n'],
  ['line breaks of the system', 'const a = `x\ny`\n', 'const a = `x\r\ny`\r\n'],
]

const MEANING: Case[] = [
  ['another text', "a('x')\n", "a('y')\n"],
  ['blanks in a text', "a('x y')\n", "a('x  y')\n"],
  ['another name', 'a(b)\n', 'a(c)\n'],
  ['a constant and a variable', 'const a = 1\n', 'let a = 1\n'],
  ['an operator', 'a = b ?? c\n', 'a = b || c\n'],
  ['a sign', 'a = -b\n', 'a = +b\n'],
  ['parentheses that count', 'a = (b + c) * d\n', 'a = b + c * d\n'],
  ['the end of an optional chain', 'a = (b?.c).d\n', 'a = b?.c.d\n'],
  [
    'the branch that an else belongs to',
    'if (a) { if (b) c() } else d()\n',
    'if (a) { if (b) c(); else d() }\n',
  ],
  ['a call that is waited for', 'async () => { await a() }\n', 'async () => { a() }\n'],
  ['a comment that is gone', '// why\na()\n', 'a()\n'],
  ['a statement more', 'a()\n', 'a()\nb()\n'],
  ['a name from another module', "import { a } from 'a'\n", "import { a } from 'b'\n"],
  [
    'an import that passes one which acts',
    "import 'dotenv/config'\nimport { a } from './a'\n",
    "import { a } from './a'\nimport 'dotenv/config'\n",
  ],
  [
    'a require that passes a call',
    "require('dotenv').config()\nconst a = require('./a')\n",
    "const a = require('./a')\nrequire('dotenv').config()\n",
  ],
  ['the raw text of a tag', 'sql`a\\n`\n', 'sql`a\\u000a`\n'],
  ['holes of a list', 'a = [b, , c]\n', 'a = [b, c]\n'],
  ['a blank between words', '<p>a <b>c</b></p>\n', '<p>a<b>c</b></p>\n'],
  ['an attribute', '<p a="b" />\n', '<p a="c" />\n'],
  ['a name of a block', 'if (a) { const b = 1; c(b) }\n', 'if (a) c(b)\n'],
]

describe('two texts of a file', () => {
  it.each(STYLE)('are the same where they differ in %s', async (_, one, other) => {
    expect(await isSameCode('a.tsx', one, other)).toBe(true)
  })

  it.each(MEANING)('are not the same where they differ in %s', async (_, one, other) => {
    expect(await isSameCode('a.tsx', one, other)).toBe(false)
  })

  it('are not the same where one cannot be read', async () => {
    expect(await isSameCode('a.ts', 'a(\n', 'a(\n\n')).toBe(false)
  })

  it('are only the same byte for byte where they are no code', async () => {
    expect(await isSameCode('a.sql', 'select 1;\n', 'select 1;\n')).toBe(true)
    expect(await isSameCode('a.sql', 'select 1;\n', 'select  1;\n')).toBe(false)
  })
})
