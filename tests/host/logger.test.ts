import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

const IN_APP = `import express from 'express'
import { logger } from './log.js'
export const app = express()
app.use(express.json())
logger.info('up')
`
const PINO = "import { pino } from 'pino'\nexport const logger = pino()\n"

/** A host with pino, winston and pino-http, whose app imports src/log.ts. */
function host(files: Files) {
  const dependencies = { pino: '^10.0.0', winston: '^3.19.0', 'pino-http': '^11.0.0' }
  return smallHost({
    'package.json': packageJson({ dependencies }),
    'src/app.ts': IN_APP,
    ...files,
  })
}

async function loggerOf(log: string) {
  return (await profileOf(host({ 'src/log.ts': log }))).server.logger?.value ?? null
}

async function assumed(files: Files) {
  const root = host(files)
  expect((await profileOf(root)).server.logger).toBeNull()
  return (await assumptionsOf(root)).filter(({ field }) => field === 'host.logger')
}

describe('the logger of a host', () => {
  it.each([
    ["import { pino } from 'pino'\nexport const logger = pino({ level: 'info' })", 'pino'],
    ["import pino from 'pino'\nexport const logger: pino.Logger = pino()", 'pino'],
    ["import * as pino from 'pino'\nexport const logger = pino.pino()", 'pino'],
    ["import pino from 'pino'\nconst logger = pino()\nexport { logger }", 'pino'],
    ["import pino from 'pino'\nexport const logger = pino().child({ app: 'notes' })", 'pino'],
    ["import pino from 'pino'\nexport const logger = quiet ? pino(a) : pino(b)", 'pino'],
    ["import winston from 'winston'\nexport const logger = winston.createLogger({})", 'winston'],
    [
      "import { createLogger, type Logger } from 'winston'\nexport const logger: Logger = createLogger()",
      'winston',
    ],
  ])('is recognised in %j', async (log, kind) => {
    const module = { file: 'src/log.ts', name: 'logger', default: false }
    expect(await loggerOf(log)).toEqual({ module, kind })
  })

  it.each([
    ["import pino from 'pino'\nexport default pino()", 'logger'],
    ["import pino from 'pino'\nconst log = pino()\nexport default log", 'log'],
  ])('is recognised as a default export: %j', async (log, name) => {
    expect((await loggerOf(log))?.module).toEqual({ file: 'src/log.ts', name, default: true })
  })

  it('comes with where it was seen', async () => {
    const { server } = await profileOf(host({ 'src/log.ts': PINO }))
    expect(server.logger).toMatchObject({
      source: 'detected',
      evidence: [{ file: 'src/log.ts', line: 2 }],
    })
  })

  it.each([
    "import pino from 'pino'\nconst logger = pino()\nexport const log = () => logger.info('x')",
    "import { pinoHttp } from 'pino-http'\nimport 'pino'\nexport const logger = pinoHttp()",
    "import pino from 'pino'\nexport const logger = pino.destination(1)",
    "import pino from 'pino'\nexport const makeLogger = () => pino()",
    "import { pino } from './pino.js'\nimport 'pino'\nexport const logger = pino()",
    "import pino from 'pino'\nexport const logger: Own = pino()\ninterface Own { say(): void }",
  ])('is not taken for one: %j', async (log) => {
    expect(await assumed({ 'src/log.ts': log })).toHaveLength(1)
  })

  it('is the one that the app imports, whatever else there is further away', async () => {
    const notes = "import { Router } from 'express'\nimport './db.js'\nimport './audit.js'\n"
    const files = { 'src/log.ts': PINO, 'src/audit.ts': PINO.replace('logger', 'audit') }
    const { server } = await profileOf(host({ ...files, 'src/notes.ts': notes }))
    expect(server.logger?.value.module.file).toBe('src/log.ts')
  })

  it('is not guessed between two', async () => {
    const two = `${PINO}export const audit = pino()\n`
    const [assumption] = await assumed({ 'src/log.ts': two })
    expect(assumption).toMatchObject({ value: 'console' })
    expect(assumption?.reason).toContain('logger in src/log.ts and audit in src/log.ts')
  })

  it('is not one that stands in the module of the app', async () => {
    const app = `import express from 'express'\n${PINO}export const app = express()\napp.use(express.json())\n`
    const [assumption] = await assumed({ 'src/app.ts': app })
    expect(assumption?.reason).toContain('the module of the app')
  })

  it('is nothing that is asked about where no such package is', async () => {
    const root = smallHost()
    expect((await profileOf(root)).server.logger).toBeNull()
    expect((await assumptionsOf(root)).map(({ field }) => field)).not.toContain('host.logger')
  })
})
