import { describe, expect, it } from 'vitest'
import { profileOf, smallHost } from './support/small-host.js'

const APP = `import express from 'express'
import { answerErrors } from './errors.js'
import { notes } from './notes.js'
export const app = express()
app.use('/api/notes', notes)
app.use(answerErrors)
`

/** What is detected of an app whose route and error handler answer errors with these lines. */
async function errorBody({ route = '', handler = '' }: { route?: string; handler?: string }) {
  const root = smallHost({
    'src/app.ts': APP,
    'src/errors.ts': `export const answerErrors = (error, req, res, next) => {\n  ${handler}\n}\n`,
    'src/notes.ts': `import { Router } from 'express'
export const notes = Router()
notes.get('/', (req, res) => {
  ${route}
})
`,
  })
  return (await profileOf(root)).server.errorBody
}

describe('the body of an error', () => {
  it.each([
    ["res.status(500).json({ error: 'Something went wrong' })", 'error'],
    ["res.status(error.status ?? 500).json({ error: known ? error.message : 'Sorry' })", 'error'],
    ["res.status(500).json({ 'error': `No ${name}` })", 'error'],
    ['res.status(500).json({ message: error.message })', 'message'],
    ["res.status(500).json({ success: false, message: error.message ?? 'Sorry' })", 'message'],
    ["res.status(500).json({ error: 'Internal Server Error', message })", 'message'],
    ["res.status(500).json({ error: { code: 'internal', message: 'Sorry' } })", 'nested'],
    ["res.json({ error: 'Sorry' })", 'error'],
  ])('is that of the app’s error handler: %s', async (handler, value) => {
    const route = "res.status(404).json({ problem: 'None', error: { code: 'x', message: 'y' } })"
    expect(
      await errorBody({ handler, route: handler.includes('status') ? route : '' }),
    ).toMatchObject({ value, source: 'detected', evidence: [{ file: 'src/errors.ts', line: 2 }] })
  })

  it.each([
    ["res.status(404).json({ error: 'Not found' })", 'error', 4],
    ["res.status(404).json({ message: 'Not found' })", 'message', 4],
    ["res.json({ message: 'Saved' })\n  res.status(409).json({ error: 'Taken' })", 'error', 5],
    [
      "res.status(400).json({ message: 'a' })\n  res.status(401).json({ error: 'b' })\n  res.status(404).json({ error: 'c' })",
      'error',
      5,
    ],
  ])('is what most routes answer where no handler says it: %s', async (route, value, line) => {
    expect(await errorBody({ route })).toEqual({
      ...{ value, source: 'detected' },
      evidence: [{ file: 'src/notes.ts', line }],
    })
  })

  it.each([
    [''],
    ["res.json({ message: 'Saved' })"],
    ["res.status(201).json({ message: 'Saved' })"],
    ['res.status(400).json({ error: schema.flatten() })'],
    ['res.status(400).json({ errors: problems })'],
    ["res.status(404).send('Not found')"],
  ])('has a place for a code where nothing shows it: %s', async (route) => {
    expect(await errorBody({ route })).toEqual({ value: 'nested', source: 'assumed', evidence: [] })
  })
})
