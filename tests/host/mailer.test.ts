import { describe, expect, it } from 'vitest'
import { assumptionsOf, profileOf, smallHost, type Files } from './support/small-host.js'

const NOTES = `import { Router } from 'express'
import { pool } from './db.js'
import './mail.js'
export const notes = Router()
notes.get('/', async (req, res) => res.json(await pool.query('select 1', [req.user.id])))
`
const TRANSPORT = `import nodemailer from 'nodemailer'
export const transporter = nodemailer.createTransport(process.env.SMTP)
`
const MAIL = 'to: string; subject: string; text: string'

/** A host whose routes import src/mail.ts. */
const host = (files: Files) => smallHost({ 'src/notes.ts': NOTES, ...files })

async function mailerOf(mail: string, files: Files = {}) {
  return (await profileOf(host({ 'src/mail.ts': mail, ...files }))).server.mailer?.value ?? null
}

describe('the transporter of a host', () => {
  it.each([
    TRANSPORT,
    "import { createTransport } from 'nodemailer'\nexport const transporter = createTransport({})",
    "import * as nodemailer from 'nodemailer'\nconst transporter = nodemailer.createTransport({})\nexport { transporter }",
  ])('is recognised in %j', async (mail) => {
    const module = { file: 'src/mail.ts', name: 'transporter', default: false }
    expect(await mailerOf(mail)).toEqual({ module, kind: 'nodemailer' })
  })

  it('is recognised as a default export', async () => {
    const mail = "import { createTransport } from 'nodemailer'\nexport default createTransport({})"
    expect((await mailerOf(mail))?.module).toMatchObject({ name: 'transporter', default: true })
  })

  it.each([
    TRANSPORT.replace('export ', ''),
    "import { createTransport } from './own.js'\nexport const transporter = createTransport({})",
    "import { createTransport } from 'nodemailer'\nexport const make = () => createTransport({})",
  ])('is not taken for one: %j', async (mail) => {
    expect(await mailerOf(mail)).toBeNull()
  })
})

describe('the function that a host sends e-mails with', () => {
  it.each([
    ['sendMail', `export async function sendMail({ to, subject, text }: { ${MAIL} }) {}`],
    ['sendEmail', `export const sendEmail = async (mail: { ${MAIL}; html?: string }) => {}`],
    ['sendEmail', `interface Mail { ${MAIL} }\nexport async function sendEmail(mail: Mail) {}`],
    ['sendMail', `type Mail = { ${MAIL} }\nexport function sendMail(mail: Mail): Promise<void> {}`],
    ['sendMail', `export async function sendMail(mail: { ${MAIL} }, retries = 3) {}`],
    [
      'sendMail',
      'export async function sendMail(m: { to: string | string[]; subject: string; text?: string }) {}',
    ],
    [
      'sendMail',
      "import type { SendMailOptions } from 'nodemailer'\nexport async function sendMail(m: SendMailOptions) {}",
    ],
    [
      'sendMail',
      "import type { Mail } from './types.js'\nexport async function sendMail(mail: Mail) {}",
    ],
  ])('is recognised: %s in %j', async (name, mail) => {
    const types = { 'src/types.ts': `export interface Mail { ${MAIL} }\n` }
    const module = { file: 'src/mail.ts', name, default: false }
    expect(await mailerOf(mail, types)).toEqual({ module, kind: 'function' })
  })

  it('is recognised as a default export', async () => {
    const mail = `export default async function sendMail(mail: { ${MAIL} }) {}`
    expect((await mailerOf(mail))?.module).toMatchObject({ name: 'sendMail', default: true })
  })

  it.each([
    ['positions', 'export async function sendMail(to: string, subject: string, text: string) {}'],
    ['no types', 'export async function sendMail({ to, subject, text }: any) {}'],
    [
      'html only',
      'export async function sendMail(m: { to: string; subject: string; html: string }) {}',
    ],
    ['more than it is given', `export async function sendMail(m: { ${MAIL}; from: string }) {}`],
    [
      'a list',
      'export async function sendMail(m: { to: string[]; subject: string; text: string }) {}',
    ],
    [
      'a base type',
      `interface M extends Base { ${MAIL} }\nexport async function sendMail(m: M) {}`,
    ],
    ['a second argument', `export async function sendMail(m: { ${MAIL} }, user: User) {}`],
    ['nobody waiting', `export function sendMail(m: { ${MAIL} }): void {}`],
    ['another purpose', `export async function sendReminder(m: { ${MAIL} }) {}`],
    ['no export', `async function sendMail(m: { ${MAIL} }) {}`],
  ])('is not taken for one: with %s', async (_, mail) => {
    expect(await mailerOf(mail)).toBeNull()
  })

  it('comes before the transporter that it uses', async () => {
    const mail = `${TRANSPORT}export async function sendMail(mail: { ${MAIL} }) {}\n`
    expect(await mailerOf(mail)).toMatchObject({ kind: 'function' })
  })
})

describe('the mailer of a host', () => {
  it('is not guessed between two that the app does not import itself', async () => {
    const other = TRANSPORT.replace('transporter', 'bulk')
    const root = host({ 'src/mail.ts': TRANSPORT + other.split('\n')[1] })
    expect((await profileOf(root)).server.mailer).toBeNull()
    expect(await assumptionsOf(root)).toContainEqual({
      field: 'host.mailer',
      value: 'SMTP_URL',
      reason: 'nothing says which one is meant: transporter in src/mail.ts and bulk in src/mail.ts',
    })
  })

  it('is not asked about where nothing sends', async () => {
    const root = smallHost()
    expect((await profileOf(root)).server.mailer).toBeNull()
    const fields = (await assumptionsOf(root)).map(({ field }) => field)
    expect(fields).not.toContain('host.mailer')
  })
})
