import type { ts as TS } from 'ts-morph'
import { Miss } from '../../edit-result.js'
import { indentAt, startOfLine, type Insertion } from '../../insertion.js'
import type { Source } from '../../source.js'
import { copyOf } from './copy-link.js'
import type { LinkIcons } from './icons.js'
import type { NavLink, NavPlace } from './place.js'

/** How the file writes a link that has nothing to look like. */
export interface PlainLink {
  tag: string
  attribute: string
}

/** The link at its place, in the file's style and as what stands beside it is separated. */
export function writeLink(
  source: Source,
  place: NavPlace,
  link: NavLink,
  plain: PlainLink,
  icons: LinkIcons['names'],
): Insertion {
  const { ts, file, text, style } = source
  const { beside, side } = place
  const start = beside.getStart(file)
  const indent = indentAt(text, start)
  const code = codeOf(source, place, { link, plain, icons, indent })
  if (ts.isObjectLiteralExpression(beside)) {
    return { at: beside.end, text: separatorOf(source, beside, ',') + code }
  }
  if (side === 'before') {
    const isFirst = text.slice(startOfLine(text, start), start).trim() === ''
    return { at: start, text: code + (isFirst ? style.newline + indent : ' ') }
  }
  return { at: beside.end, text: separatorOf(source, beside, '') + code }
}

/** What stands between the last two of a list, a line break before the only one. */
function separatorOf({ ts, file, text, style }: Source, node: TS.Node, comma: string): string {
  const { parent } = node
  const siblings = ts.isArrayLiteralExpression(parent)
    ? [...parent.elements]
    : 'children' in parent
      ? (parent as TS.JsxElement).children.filter(
          (each) => !ts.isJsxText(each) && !isSpace(ts, each),
        )
      : []
  const previous = siblings[siblings.indexOf(node as never) - 1]
  const between = previous ? text.slice(previous.end, node.getStart(file)) : null
  if (between !== null && between.length < 60 && !/\/[/*]|\n\s*\n/.test(between)) return between
  const start = node.getStart(file)
  const isFirst = text.slice(startOfLine(text, start), start).trim() === ''
  return isFirst ? comma + style.newline + indentAt(text, start) : `${comma}${comma && ' '}`
}

function isSpace(ts: Source['ts'], node: TS.Node): boolean {
  return ts.isJsxExpression(node) && /^\{\s*(["']) *\1\s*\}$/.test(node.getText())
}

interface Written {
  link: NavLink
  plain: PlainLink
  icons: LinkIcons['names']
  /** Of the line that it stands on. */
  indent: string
}

/** @throws Miss `unsupported_links` when an object of a list cannot be told from its page */
function codeOf(
  source: Source,
  { samples, isSibling, condition, beside }: NavPlace,
  { link, plain, icons, indent }: Written,
): string {
  const { ts, file, style } = source
  for (const sample of samples) {
    // A call stands in braces, which nothing can be put around.
    if (!isSibling && ts.isJsxExpression(sample.link)) continue
    const copied = isSibling ? sample.node : sample.link
    const code = copyOf(source, sample, copied, { link, icons })
    if (code === null) continue
    if (isSibling) return fitted(source, code, copied.getText(file), indent)
    return wrapped(outdented(code, indentAt(source.text, copied.getStart(file))))
  }
  if (ts.isObjectLiteralExpression(beside)) {
    throw new Miss('unsupported_links', 'Nothing tells what of these entries is one page alone.')
  }
  const quote = style.jsxQuote
  const { tag, attribute } = plain
  return wrapped(`<${tag} ${attribute}=${quote}${link.to}${quote}>${link.label}</${tag}>`)

  function wrapped(code: string): string {
    const isItem = isInList(source, beside)
    const whole = within(oneLine(code), isItem, condition)
    if (indent.length + whole.length <= style.width) return whole
    const lines = linesWithin(code.split(/\r?\n/), { isItem, condition, unit: style.indent })
    return lines.join(style.newline + indent)
  }
}

/** On one line: in a list item where its siblings are, under the condition that it has. */
function within(code: string, isItem: boolean, condition: string | null): string {
  const item = isItem ? `<li>${code}</li>` : code
  return condition === null ? item : `{${condition} ? ${item} : null}`
}

function linesWithin(
  code: string[],
  { isItem, condition, unit }: { isItem: boolean; condition: string | null; unit: string },
): string[] {
  const deeper = (lines: string[]): string[] => lines.map((line) => unit + line)
  const item = isItem ? ['<li>', ...deeper(code), '</li>'] : code
  return condition === null ? item : [`{${condition} ? (`, ...deeper(item), ') : null}']
}

function outdented(code: string, indent: string): string {
  return code.replaceAll(`\n${indent}`, '\n')
}

function isInList({ ts, file }: Source, beside: TS.Node): boolean {
  const { parent } = beside
  return ts.isJsxElement(parent) && /^(ul|ol)$/.test(parent.openingElement.tagName.getText(file))
}

/** On one line where that is now wide enough, and its length was why the copied one is broken. */
function fitted({ style }: Source, code: string, copied: string, indent: string): string {
  const whole = oneLine(code)
  const wasTooLong = indent.length + oneLine(copied).length > style.width
  return wasTooLong && indent.length + whole.length <= style.width ? whole : code
}

/** A link on one line, where nothing but its layout asked for several. */
function oneLine(code: string): string {
  if (/\/\/|\{\s*\/\*/.test(code)) return code
  return code
    .replace(/>\s*\n\s*/g, '>')
    .replace(/\s*\n\s*<\//g, '</')
    .replace(/\s*\n\s*(\/?>)/g, '$1')
    .replace(/\s*\n\s*/g, ' ')
}
