import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions, type Insertion } from './insertion.js'
import { importSnippet, planImport } from './named-import.js'
import { openSource, walk, type Source } from './source.js'

export interface WrapEdit {
  /** The component to stand around the element, and where it is imported from. */
  name: string
  from: string
  /** The name of the one element it is put around: 'App'. */
  around: string
}

/**
 * Puts a component around an element, each on lines of its own. Anchor: `around-element`. What is
 * inside is indented one level more, unless a text in it goes over several lines.
 */
export async function wrapElement(content: string, edit: WrapEdit): Promise<EditResult> {
  const snippet = () =>
    `${importSnippet(edit)}\n\n<${edit.name}>\n  <${edit.around} />\n</${edit.name}>`
  return settle(snippet, async () => {
    const source = await openSource(content)
    if (elements(source, edit.name).length > 0) return { status: 'unchanged' }
    const found = elements(source, edit.around).filter((each) => isAlone(source, each))
    const [element] = found
    if (!element) throw new Miss('anchor_not_found', `The file shows no <${edit.around}>.`)
    if (found.length > 1) throw new Miss('ambiguous', `The file shows several <${edit.around}>.`)
    const { insertion, localName } = planImport(source, edit)
    const around = wrap(source, element, localName)
    const insertions = insertion ? [insertion, ...around] : around
    return {
      status: 'changed',
      content: applyInsertions(source, insertions),
      anchor: 'around-element',
    }
  })
}

type Element = TS.JsxElement | TS.JsxSelfClosingElement

function elements({ ts, file }: Source, tag: string): Element[] {
  const found: Element[] = []
  walk(ts, file, (node) => {
    if (ts.isJsxSelfClosingElement(node) && node.tagName.getText(file) === tag) found.push(node)
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText(file) === tag) found.push(node)
  })
  return found
}

/** An element that is the only one where it stands: of its parent, of a call, of what is returned. */
function isAlone({ ts, file }: Source, node: Element): boolean {
  const { parent } = node
  if (!ts.isJsxElement(parent)) return true
  return parent.children.filter((child) => child.getText(file).trim() !== '').length === 1
}

function wrap(source: Source, element: Element, name: string): Insertion[] {
  const { text, file, ts } = source
  const { newline, indent } = source.style
  const start = element.getStart(file)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  // The comma behind an argument stays behind it.
  const isOnOwnLines =
    text.slice(lineStart, start).trim() === '' && /^,?[ \t]*(\r?\n|$)/.test(text.slice(element.end))
  const base = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
  const own = isOnOwnLines ? base : base + indent
  const inner = isMovable(ts, element) ? linesBehind(text, element, start) : []
  const [open, close] = isOnOwnLines ? ['', ''] : bracketsAround(source, element)
  const before = isOnOwnLines ? '' : `${open}${newline}${own}`
  const others = isOnOwnLines ? [] : argumentsBehind(source, element)
  const isLast = !isOnOwnLines && others.length === 0
  const after = isLast ? `${close}${newline}${base}${open === '(' ? ')' : ''}` : ''
  const deeper = isOnOwnLines ? indent : indent + indent
  return [
    { at: start, text: `${before}<${name}>${newline}${own}${indent}` },
    ...inner.map((at) => ({ at, text: deeper })),
    { at: element.end, text: `${newline}${own}</${name}>${after}` },
    ...others.map(({ at, isEnd }) => ({
      at,
      // The blank behind a comma is a part of the indentation.
      text: isEnd ? `${close}${newline}${base}` : newline + own.replace(/ $/, ''),
    })),
  ]
}

/** Where lines begin for the arguments that stand behind an element, and for the end of the call. */
function argumentsBehind({ ts, text }: Source, element: Element): { at: number; isEnd: boolean }[] {
  const { parent } = element
  if (!ts.isCallExpression(parent)) return []
  const place = parent.arguments.findIndex((each) => each === element)
  const others = parent.arguments.slice(place + 1)
  const between = text.slice(element.end, parent.end)
  // Written in another way, they stay as they are.
  if (others.length === 0 || between.includes('\n')) return []
  const begins = others.map((each) => ({ at: each.getFullStart(), isEnd: false }))
  return [...begins, { at: parent.end - 1, isEnd: true }]
}

/** An element over several lines stands in parentheses, and ends an argument as the file does. */
function bracketsAround({ ts, text }: Source, { parent }: Element): [string, string] {
  if (ts.isParenthesizedExpression(parent)) return ['', '']
  if (!ts.isCallExpression(parent)) return ['(', '']
  return ['', /,\r?\n\s*\)/.test(text) ? ',' : '']
}

/** Where the lines of an element begin that come after its first one. */
function linesBehind(text: string, element: Element, start: number): number[] {
  const found: number[] = []
  for (
    let at = text.indexOf('\n', start) + 1;
    at > 0 && at < element.end;
    at = text.indexOf('\n', at) + 1
  ) {
    if (!/^[ \t]*\r?\n/.test(text.slice(at, at + 200))) found.push(at)
  }
  return found
}

/** A text over several lines would get the spaces as well. */
function isMovable(ts: Source['ts'], element: Element): boolean {
  let movable = true
  walk(ts, element, (node) => {
    const isText = ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)
    if (isText && node.getText().includes('\n')) movable = false
  })
  return movable
}
