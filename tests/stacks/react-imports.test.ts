import { describe, expect, it } from 'vitest'
import { mergeImports } from '../../src/render/merge-imports.js'
import { reactImports } from '../../src/stacks/clients/react/react-imports.js'
import { packageJson, profileOf, smallHost, type Files } from '../host/support/small-host.js'

const MODULE = "import { useId, useState } from 'react'\nimport { a } from './a'\n\nuse()\n"

function imported(text: string, react: number, jsx: 'automatic' | 'classic', hasJsx = true) {
  return mergeImports(reactImports(text, { react, jsx }, { hasJsx, standIn: './react-17' }))
}

describe('what is imported of React', () => {
  it('is what is used, where JSX needs nothing', () => {
    expect(imported(MODULE, 19, 'automatic')).toBe(MODULE)
  })

  it('is React itself as well, where JSX needs it', () => {
    expect(imported(MODULE, 18, 'classic')).toContain(
      "import React, { useId, useState } from 'react'",
    )
    expect(imported('use()\n', 18, 'classic')).toContain("import React from 'react'")
    expect(imported(MODULE, 18, 'classic', false)).toBe(MODULE)
  })

  it('comes from billing where React does not have it yet', () => {
    expect(imported(MODULE, 17, 'automatic')).toBe(`import { useState } from 'react'
import { useId } from './react-17'
import { a } from './a'

use()
`)
    expect(imported("import { useId } from 'react'\n", 17, 'automatic')).not.toContain("'react'")
    expect(imported(`import { useRef } from 'react'\n${MODULE}`, 17, 'automatic')).toContain(
      "import { useId } from './react-17'",
    )
  })
})

describe('the version of React and its JSX', () => {
  const of = async (packages: Record<string, string>, files: Files = {}) => {
    const dependencies = { react: '^18.2.0', 'react-dom': '1', ...packages }
    const root = smallHost({
      'package.json': packageJson({ dependencies }),
      'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
      'client/src/main.tsx': 'export const x = 1\n',
      ...files,
    })
    const client = (await profileOf(root)).client
    return client && [client.react, client.jsx]
  }

  it.each([
    [{ react: '^19.0.0' }, {}, [19, 'automatic']],
    [{ react: 'latest' }, {}, [19, 'automatic']],
    [{ react: '^16.13.0' }, {}, [16, 'classic']],
    [{ react: '^17.0.2', 'react-scripts': '4.0.3' }, {}, [17, 'automatic']],
    [{ react: '^17.0.2', 'react-scripts': '3.4.0' }, {}, [17, 'classic']],
    [{}, { 'tsconfig.json': '{ "compilerOptions": { "jsx": "react" } }' }, [18, 'classic']],
    [
      { '@babel/preset-react': '^7.0.0' },
      { '.babelrc': '{"presets":["@babel/preset-react"]}' },
      [18, 'classic'],
    ],
    [
      { '@babel/preset-react': '^7.0.0' },
      { '.babelrc': '{"presets":[["@babel/preset-react", { "runtime": "automatic" }]]}' },
      [18, 'automatic'],
    ],
    [
      { vite: '5' },
      { 'client/vite.config.js': "react({ jsxRuntime: 'classic' })" },
      [18, 'classic'],
    ],
  ])('%j %j', async (packages, files, expected) => {
    expect(await of(packages, files as Files)).toEqual(expected)
  })
})
