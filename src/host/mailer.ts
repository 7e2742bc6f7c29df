import type { ts } from 'ts-morph'
import type { Found, Mailer } from '../types.js'
import type { DetectionContext } from './context.js'
import { isOfPackage } from './source/package-value.js'
import type { Sources } from './source/sources.js'
import { takesMail } from './mail-function.js'
import { importable, namesOf, sharedExports, theOne } from './shared-export.js'

type Kind = Mailer['kind']

/**
 * What the server sends its emails with, when a module of its own exports it. A function comes
 * before a transporter: it is how the host's own code sends, with its sender and its rules.
 */
export function detectMailer(context: DetectionContext, entries: string[]): Found<Mailer> | null {
  const { sources } = context
  const all = sharedExports<Kind>(context, entries, {
    likely: /mail|notif|smtp/i,
    mentions: /createTransport|send\w{0,40}mail/i,
    kindOf: (file, node) => kindOf(sources, file, node),
    name: 'transporter',
  })
  const found = importable(all)
  const functions = found.filter(({ value }) => value.kind === 'function')
  const mailer = theOne(functions.length > 0 ? functions : found)
  if (mailer || all.length === 0) return mailer
  const reason =
    found.length > 0
      ? `nothing says which one is meant: ${namesOf(found)}`
      : `${namesOf(all)}, the module of the app, cannot be imported by what the app imports`
  context.assumptions.push({ field: 'host.mailer', value: 'SMTP_URL', reason })
  return null
}

function kindOf(sources: Sources, file: string, node: ts.Node): Kind | null {
  const value = sources.valueOf(node)
  if (value === null) return null
  if (isTransporter(sources, file, value)) return 'nodemailer'
  return takesMail(sources, file, node, value) ? 'function' : null
}

function isTransporter(sources: Sources, file: string, value: ts.Node): boolean {
  if (!sources.ts.isCallExpression(value)) return false
  const maker = { from: 'nodemailer', names: ['createTransport'] }
  return isOfPackage(sources, file, sources.unwrap(value.expression), maker)
}
