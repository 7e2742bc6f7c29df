import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { parseRequest } from '../../src/request/index.js'
import {
  endsInTime,
  HOSTILE_LINES,
  hostileLine,
  type HostileLine,
} from '../support/hostile-lines.js'
import { packageJson, smallHost, type Files } from './support/small-host.js'

const REACT = { react: '^19.0.0', 'react-dom': '^19.0.0', vite: '^8.0.0' }
const CLIENT: Files = {
  'package.json': packageJson({
    scripts: { test: 'vitest run', migrate: 'node scripts/migrate.js' },
    dependencies: { ...REACT, 'react-router-dom': '^7.0.0', nodemailer: '^7.0.0' },
  }),
  'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
  'client/src/main.tsx': "import { App } from './App'\nrender(<App />)\n",
  'client/src/App.tsx': `import { Routes, Route } from 'react-router-dom'
export const App = () => <Routes><Route path="/" element={<p />} /></Routes>
`,
}

/** A host's files, each with a line put where it is read. */
const FILES: Record<string, (line: string) => Files> = {
  'package.json': (line) => ({
    'package.json': packageJson({
      dependencies: { ...REACT, nodemailer: line },
      scripts: { test: line, migrate: line, dev: `${line} tsx src/index.ts`, [line]: 'x' },
    }).replace('{', () => `{${/^\s*$/.test(line) ? line : ''}`),
  }),
  'index.html': (line) => ({
    'client/index.html': `<html>\n${line}\n<script src="/src/main.tsx"></script>`,
  }),
  'vite.config.ts': (line) => ({ 'client/vite.config.ts': `export default {}\n// ${line}\n` }),
  'vitest.config.ts': (line) => ({ 'vitest.config.ts': `export default {}\n// ${line}\n` }),
  '.editorconfig': (line) => ({ '.editorconfig': `[*]\n${line}\nindent_size = 2${line}\n` }),
  '.prettierrc': (line) => ({ '.prettierrc': `semi: false\nsingleQuote: ${line}x\u2028y\n` }),
  '.prettierrc.toml': (line) => ({ '.prettierrc.toml': `semi = false\n${line}\nx = "${line}\n` }),
  'a migration': (line) => ({
    'migrations/1700000000000_users.sql': `CREATE TABLE users (id uuid PRIMARY KEY, email text);
${line}
`,
  }),
  'the app': (line) => ({
    'src/app.ts': `import express from 'express'
import nodemailer from 'nodemailer'
import { notes } from './notes.js'
export const app = express()
app.use('/notes', notes)
export const mail = nodemailer.createTransport()
// ${line}
`,
  }),
  'a router': (line) => ({
    'src/notes.ts': `import { Router } from 'express'\n// ${line}\nexport const notes = Router()\n`,
  }),
  'the pages': (line) => ({ 'client/src/App.tsx': `${CLIENT['client/src/App.tsx']}// ${line}\n` }),
}

describe('a line of 200,000 characters is read in time', () => {
  for (const [file, files] of Object.entries(FILES)) {
    it(`in ${file}`, { timeout: 300_000 }, async () => {
      for (const kind of Object.keys(HOSTILE_LINES) as HostileLine[]) {
        const root = smallHost({ ...CLIENT, ...files(hostileLine(kind)) })
        const { status } = await endsInTime(() => detectHost(root))
        expect(['ok', 'unsupported'], kind).toContain(status)
      }
    })
  }

  it.each(Object.keys(HOSTILE_LINES) as HostileLine[])('in a request, of %s', async (kind) => {
    // A longer one is refused before it is read.
    const text = `Pro $29/mo ${hostileLine(kind).slice(0, 19_000)}`
    expect((await endsInTime(() => parseRequest(text))).status).toMatch(/^(ok|unclear)$/)
  })
})

describe('code that nests or chains without end', () => {
  it.each<[string, string]>([
    ['properties', `x${'.a'.repeat(100_000)}`],
    ['calls', `f${'()'.repeat(100_000)}`],
    ['sums', `0${' + "a"'.repeat(30_000)}`],
    ['parentheses', `${'('.repeat(50_000)}0${')'.repeat(50_000)}`],
    ['arrays', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['functions', `${'() => '.repeat(50_000)}0`],
    ['lines', '\n'.repeat(1_000_000)],
  ])('of %s, is no defect', { timeout: 60_000 }, async (_, code) => {
    const { status } = await endsInTime(() =>
      detectHost(smallHost({ ...CLIENT, 'src/auth.ts': code, 'src/mailer.ts': code })),
    )
    expect(['ok', 'unsupported']).toContain(status)
  })
})
