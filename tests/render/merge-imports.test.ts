import { describe, expect, it } from 'vitest'
import { mergeImports } from '../../src/render/merge-imports.js'

describe('the imports of a rendered module', () => {
  it('name each module once, with all that its parts take from it', () => {
    const text = `import { Router } from 'express'
import { a } from './one.js'

import { b, type C } from './two.js'
import {
  d,
  type E,
} from './one.js'

export const f = [a, b, d]
`
    expect(mergeImports(text)).toBe(`import { Router } from 'express'
import { a, d, type E } from './one.js'
import { b, type C } from './two.js'

export const f = [a, b, d]
`)
  })

  it('are of types alone, and last, where nothing else is taken', () => {
    const text = `import type { A } from './one.js'
import { type B } from './one.js'
import { c } from './two.js'
`
    expect(mergeImports(text)).toBe(`import { c } from './two.js'
import type { A, B } from './one.js'
`)
  })

  it('take a name that is a value in one part and a type in another as a value, once', () => {
    const text = `import type { Box } from './box.js'
import { Box } from './box.js'
`
    expect(mergeImports(text)).toBe("import { Box } from './box.js'\n")
  })

  it.each([
    "import * as all from './all.js'\nimport { a } from './all.js'\n",
    "import './styles.css'\n\nexport const a = 1\n",
    "import { setTimeout as delay } from 'node:timers/promises'\n\nawait delay(1)\n",
    "import express, { type Request } from 'express'\n",
    "export const text = `\nimport { a } from './a.js'\nimport { b } from './a.js'\n`\n",
    '',
  ])('stay as they are where there is nothing to join: %j', (text) => {
    expect(mergeImports(text)).toBe(text)
  })
})
