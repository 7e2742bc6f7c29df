import { describe, expect, it } from 'vitest'
import type { ScriptRunner } from '../../src/types.js'
import { packageJson, profileOf, smallHost, type Files } from './support/small-host.js'

async function runnerOf(
  scripts: Record<string, string>,
  changes: Record<string, unknown> = {},
): Promise<ScriptRunner> {
  const root = smallHost({ 'package.json': packageJson({ scripts, ...changes }) })
  return (await profileOf(root)).server.scripts.value
}

describe('our scripts are started like the server', () => {
  it.each([
    ['tsx src/index.ts', 'tsx'],
    ['tsx watch --env-file=.env src/index.ts', 'tsx --env-file=.env'],
    ['tsx --env-file .env ./src/index.ts', 'tsx --env-file .env'],
    ['node --env-file=.env --import tsx src/index.ts', 'node --env-file=.env --import tsx'],
    ['node --watch --env-file=.env --import=tsx src/index.ts', 'node --env-file=.env --import=tsx'],
    ['node --watch-path=./src --import tsx src/index.ts', 'node --import tsx'],
    ['node --env-file=.env src/index.ts', 'node --env-file=.env'],
    ['node --loader ts-node/esm src/index.ts', 'node --loader ts-node/esm'],
    ['dotenv -e .env -- tsx watch src/index.ts', 'dotenv -e .env -- tsx'],
    ['dotenv -e .env -e .env.local -- tsx src/index.ts', 'dotenv -e .env -e .env.local -- tsx'],
    ['cross-env DEBUG=notes tsx watch src/index.ts', 'cross-env DEBUG=notes tsx'],
    ["NODE_OPTIONS='--import tsx' node src/index.ts", "NODE_OPTIONS='--import tsx' node"],
    ['npx tsx watch src/index.ts', 'npx tsx'],
    ['ts-node --esm src/index.ts', 'ts-node --esm'],
    ['ts-node -r dotenv/config src/index.ts', 'ts-node -r dotenv/config'],
    ['bun --watch src/index.ts', 'bun'],
    ['nodemon --exec tsx src/index.ts', 'tsx'],
    ['nodemon --watch src -x "tsx --env-file=.env" src/index.ts', 'tsx --env-file=.env'],
    ['nodemon --ext ts --exec "tsx --env-file=.env src/index.ts"', 'tsx --env-file=.env'],
    ['cross-env DEBUG=notes nodemon --exec tsx src/index.ts', 'cross-env DEBUG=notes tsx'],
    ['ts-node-dev --respawn -r dotenv/config src/index.ts', 'tsx -r dotenv/config'],
    ['concurrently "vite" "tsx watch --env-file=.env src/index.ts"', 'tsx --env-file=.env'],
    ['dotenv -- concurrently vite "tsx watch src/index.ts"', 'dotenv -- tsx'],
    ['nodemon -r ts-node/register --env-file=.env src/index.ts', 'tsx --env-file=.env'],
    ['npm run prepare && tsx --env-file=.env src/index.ts', 'tsx --env-file=.env'],
    ['vite & tsx watch --env-file=.env src/index.ts', 'tsx --env-file=.env'],
  ])('with %s', async (dev, command) => {
    expect(await runnerOf({ dev })).toEqual({ command, built: null })
  })

  it.each<[string, Files]>([
    ['nodemon', { 'nodemon.json': '{ "ext": "ts", "exec": "ts-node --esm ./src/index.ts" }' }],
    ['nodemon --watch src -e ts', { 'nodemon.json': '{ "exec": "ts-node --esm src/index.ts" }' }],
  ])('as the settings of nodemon say, where the command does not: %s', async (dev, files) => {
    const root = smallHost({ ...files, 'package.json': packageJson({ scripts: { dev } }) })
    const { server } = await profileOf(root)
    expect(server.scripts.value.command).toBe('ts-node --esm')
    expect(server.startScript).toBe('dev')
  })

  it('as package.json says it of nodemon', async () => {
    const nodemonConfig = { exec: 'ts-node --esm src/index.ts' }
    expect(await runnerOf({ dev: 'nodemon' }, { nodemonConfig })).toMatchObject({
      command: 'ts-node --esm',
    })
    const script = { nodemonConfig: { script: 'src/index.ts' } }
    expect(await runnerOf({ dev: 'nodemon' }, script)).toMatchObject({ command: 'tsx' })
  })

  it('says which script has shown it', async () => {
    const { server } = await profileOf(smallHost())
    expect(server.scripts).toMatchObject({
      source: 'detected',
      evidence: [{ file: 'package.json' }],
    })
  })

  it.each([
    ['names no file', 'turbo dev'],
    ['starts another file', 'tsx scripts/prepare.ts'],
    ['hands the file to a shell', 'sh -c "tsx src/index.ts"'],
    ['is longer than any command', `tsx ${'--a '.repeat(1_000)} src/index.ts`],
  ])('by tsx where the script %s', async (_, dev) => {
    const { server } = await profileOf(
      smallHost({ 'package.json': packageJson({ scripts: { dev } }) }),
    )
    expect(server.scripts).toEqual({
      value: { command: 'tsx', built: null },
      source: 'assumed',
      evidence: [],
    })
  })
})

describe('what a build has made of our scripts', () => {
  const BUILT = { from: 'src', to: 'dist' }

  it('is what a host runs that only runs what it has built', async () => {
    expect(await runnerOf({ dev: 'tsc -w', start: 'node dist/index.js' })).toEqual({
      command: null,
      built: { command: 'node', ...BUILT },
    })
  })

  it('is known beside how the server is started in development', async () => {
    const start = 'NODE_ENV=production node --env-file=.env dist/index.js'
    expect(await runnerOf({ dev: 'tsx watch src/index.ts', build: 'tsc', start })).toEqual({
      command: 'tsx',
      built: { command: 'node --env-file=.env', ...BUILT },
    })
  })

  it.each([
    ['a bundler makes one file', 'esbuild src/index.ts --bundle --outfile=dist/index.js'],
    ['the compiler only checks', 'tsc --noEmit'],
  ])('is not there where %s', async (_, build) => {
    const runner = await runnerOf({ dev: 'tsx src/index.ts', build, start: 'node dist/index.js' })
    expect(runner.built).toBeNull()
  })
})

describe('a server in JavaScript', () => {
  it.each([
    ['node src/index.js', 'node'],
    ['nodemon src/index.js', 'node'],
    ['nodemon -r dotenv/config --watch src src/index.js', 'node -r dotenv/config'],
    ['nodemon --exec babel-node src/index.js', 'babel-node'],
    ['babel-node src/index.js', 'babel-node'],
    ['turbo dev', 'node'],
  ])('with %s', async (dev, command) => {
    const root = smallHost({
      'package.json': packageJson({ scripts: { dev } }),
      'tsconfig.json': null,
      'src/index.ts': null,
      'src/app.ts': null,
      'src/index.js':
        "import express from 'express'\nimport './db.js'\nconst app = express()\napp.use(x)\napp.listen(1)\n",
    })
    expect((await profileOf(root)).server.scripts.value).toEqual({ command, built: null })
  })
})
