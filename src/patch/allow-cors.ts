import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions, type Insertion } from './insertion.js'
import { openSource, unwrap, walk, type Source } from './source.js'

/** What the app must let other origins send, and where it says what it lets through. */
export interface CorsEdit {
  /** 'PUT' */
  methods: string[]
  /** 'Content-Type' */
  headers: string[]
  /** The name that the options of `cors` have in the file; null where they stand in its call. */
  options: string | null
}

interface Allowance {
  /** Option of `cors`, and the header that stands for it where the host writes headers itself. */
  option: string
  header: string
  wanted: string[]
}

/**
 * Adds methods and headers to the ones that the app allows other origins: in the options of `cors`,
 * or in headers that it writes itself. Lists that allow them, or that are not there, stay.
 */
export async function allowCors(content: string, edit: CorsEdit): Promise<EditResult> {
  return settle(
    () => `methods: ${edit.methods.join(', ')}; allowedHeaders: ${edit.headers.join(', ')}`,
    async () => {
      const source = await openSource(content)
      const allowances: Allowance[] = [
        { option: 'methods', header: 'access-control-allow-methods', wanted: edit.methods },
        { option: 'allowedHeaders', header: 'access-control-allow-headers', wanted: edit.headers },
      ]
      const lists = allowances.flatMap((allowance) =>
        listsOf(source, allowance, edit.options).map((list) => ({ list, allowance })),
      )
      const added = lists.flatMap(({ list, allowance }) => missingFrom(source, list, allowance))
      return added.length > 0
        ? { status: 'changed', content: applyInsertions(source, added), anchor: 'in-the-list' }
        : { status: 'unchanged' }
    },
  )
}

/** The values that say what is allowed. */
function listsOf(
  source: Source,
  { option, header }: Allowance,
  options: string | null,
): TS.Expression[] {
  const { ts, file } = source
  const found: TS.Expression[] = []
  walk(ts, file, (node) => {
    if (ts.isObjectLiteralExpression(node) && isOptions(source, node, options)) {
      const property = node.properties.find((each) => each.name?.getText(file) === option)
      if (property && ts.isPropertyAssignment(property)) found.push(property.initializer)
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const [name, value] = node.arguments
    const isHeader = name && ts.isStringLiteralLike(name) && name.text.toLowerCase() === header
    if (isHeader && value) found.push(value)
  })
  return found
}

/** What `cors` is called with, in place or under its name. */
function isOptions(
  { ts, file }: Source,
  node: TS.ObjectLiteralExpression,
  name: string | null,
): boolean {
  let holder: TS.Node = node.parent
  while (ts.isExpression(holder) && unwrap(ts, holder) === node) holder = holder.parent
  if (ts.isCallExpression(holder)) return /(^|\.)cors$/.test(holder.expression.getText(file))
  return ts.isVariableDeclaration(holder) && holder.name.getText(file) === name
}

/** @throws Miss where the list is not written out */
function missingFrom(source: Source, list: TS.Expression, { wanted }: Allowance): Insertion[] {
  const { ts, file, text, style } = source
  const value = unwrap(ts, list)
  if (ts.isStringLiteralLike(value)) {
    const missing = without(wanted, value.text.split(','))
    if (missing.length === 0) return []
    const gap = value.text.includes(', ') || !value.text.includes(',') ? ', ' : ','
    return [{ at: value.end - 1, text: missing.map((one) => gap + one).join('') }]
  }
  const isList =
    ts.isArrayLiteralExpression(value) && value.elements.every((one) => ts.isStringLiteralLike(one))
  if (!isList) throw new Miss('anchor_not_found', 'What CORS allows is not a list of texts.')
  const { elements } = value
  const missing = without(
    wanted,
    elements.map((one) => (ts.isStringLiteralLike(one) ? one.text : '')),
  )
  const last = elements.at(-1)
  if (missing.length === 0 || !last) return []
  const lead = text.slice(last.getFullStart(), last.getStart(file))
  const gap = lead.includes('\n') ? lead.slice(lead.search(/\r?\n/)) : ' '
  const quoted = missing.map((one) => style.quote + one + style.quote)
  return [{ at: last.end, text: quoted.map((one) => `,${gap}${one}`).join('') }]
}

/** A list with `*` allows everything. */
function without(wanted: string[], allowed: string[]): string[] {
  const known = allowed.map((one) => one.trim().toLowerCase())
  if (known.includes('*')) return []
  return wanted.filter((one) => !known.includes(one.toLowerCase()))
}
