import type { ts as TS } from 'ts-morph'
import { quoted } from '../../insertion.js'
import { walk, type Source } from '../../source.js'
import type { NavEntry } from './nav-entry.js'
import type { NavLink } from './place.js'

interface Replacement {
  start: number
  end: number
  text: string
}

/** Attributes of one link alone: it is the whole path, it is the current page, it is found by it. */
const OWN_ATTRIBUTES = /^(end|exact|id|ref|aria-current|aria-label|title|autoFocus|data-test-?id)$/i

/**
 * The code of a link that looks like another one.
 *
 * @param node the link, or all that is repeated with it
 * @returns null when it holds more of the other page than can be told apart
 */
export function copyOf(
  source: Source,
  entry: NavEntry,
  node: TS.Node,
  { link, icons }: { link: NavLink; icons: Map<string, string> },
): string | null {
  const { ts, file, text } = source
  const { pathNode, labelNode } = entry
  const { to, label } = link
  if (!labelNode) return null
  const found: Replacement[] = [
    { ...rangeOf(source, pathNode), text: pathText(source, pathNode, to) },
    labelText(source, labelNode, label),
  ]
  const words = wordsOf(entry, link)
  walk(ts, node, (each) => {
    if (each === pathNode || each === labelNode) return false
    if (ts.isJsxAttribute(each) && OWN_ATTRIBUTES.test(each.name.getText(file))) {
      found.push({ start: each.pos, end: each.end, text: '' })
      return false
    }
    const icon = ts.isIdentifier(each) ? icons.get(each.text) : undefined
    if (icon !== undefined) found.push({ ...rangeOf(source, each), text: icon })
    if (!ts.isStringLiteralLike(each)) return
    const other = words.get(each.text)
    if (other === undefined) return
    const start = each.getStart(file)
    found.push({ start, end: each.end, text: quoted(text.charAt(start), other) })
  })
  if (ts.isObjectLiteralExpression(node)) found.push(...propertiesOf(source, entry, node))
  const copy = replace(text, rangeOf(source, node), found)
  // Classes are shared, and an icon is: what is left of the other page beside them is its own.
  const rest = copy.replace(/className=("[^"]*"|'[^']*')|\bicon\s*[:=]\s*\{?\s*<?[\w.]+/gi, '')
  const names = [...words.keys()].filter((word) => /^\w{3,}$/.test(word))
  // Where the new page has the word too, nothing tells what is left of the other one.
  const isClear = names.every((word) => !new RegExp(`\\b${word}\\b`, 'i').test(rest))
  return isClear ? copy : null
}

/** What names the other page, and what names the new one in the same place. */
function wordsOf({ path, label }: NavEntry, link: NavLink): Map<string, string> {
  const words = new Map<string, string>()
  if (label !== null) words.set(label, link.label)
  const slug = path?.split('/').filter(Boolean).at(-1)
  if (path !== null) words.set(path, link.to)
  if (slug !== undefined) words.set(slug, link.to.slice(1))
  return words
}

function rangeOf({ file }: Source, node: TS.Node): { start: number; end: number } {
  return { start: node.getStart(file), end: node.end }
}

function pathText({ ts, file, text, style }: Source, node: TS.Node, to: string): string {
  if (!ts.isJsxExpression(node)) {
    const isLiteral = ts.isStringLiteralLike(node)
    return quoted(isLiteral ? text.charAt(node.getStart(file)) : style.quote, to)
  }
  const literal = node.expression && ts.isStringLiteralLike(node.expression)
  if (!literal) return quoted(style.jsxQuote, to)
  return node.getText(file).replace(/(["'`]).*\1/, (all) => quoted(all.charAt(0), to))
}

function labelText(source: Source, node: TS.Node, label: string): Replacement {
  const { ts, text } = source
  const range = ts.isJsxText(node) ? { start: node.pos, end: node.end } : rangeOf(source, node)
  const written = text.slice(range.start, range.end)
  if (ts.isJsxText(node)) {
    const [, lead = '', trail = ''] = /^(\s*)[^]*?(\s*)$/.exec(written) ?? []
    return { ...range, text: lead + label + trail }
  }
  if (ts.isJsxExpression(node)) {
    const isAttribute = ts.isJsxAttribute(node.parent)
    return { ...range, text: isAttribute ? quoted(source.style.jsxQuote, label) : label }
  }
  return { ...range, text: quoted(written.charAt(0), label) }
}

/** Of an object: what only some of its list have is left out, a number that counts them goes on. */
function propertiesOf(
  { ts, file }: Source,
  entry: NavEntry,
  object: TS.ObjectLiteralExpression,
): Replacement[] {
  const list = object.parent as TS.ArrayLiteralExpression
  const siblings = list.elements.filter((each) => ts.isObjectLiteralExpression(each))
  const has = (sibling: TS.ObjectLiteralExpression, name: string): boolean =>
    sibling.properties.some((each) => each.name?.getText(file) === name)
  return object.properties.flatMap((property, index): Replacement[] => {
    const name = property.name?.getText(file) ?? ''
    if (!ts.isPropertyAssignment(property)) return []
    const value = property.initializer
    if (value === entry.pathNode || value === entry.labelNode) return []
    if (!siblings.every((each) => has(each, name))) {
      const next = object.properties[index + 1]
      const start = index === 0 ? property.getStart(file) : (object.properties[index - 1]?.end ?? 0)
      const end = index === 0 ? (next?.getStart(file) ?? property.end) : property.end
      return [{ start, end, text: '' }]
    }
    if (!ts.isNumericLiteral(value)) return []
    return [{ start: value.getStart(file), end: value.end, text: String(siblings.length + 1) }]
  })
}

function replace(
  text: string,
  { start, end }: { start: number; end: number },
  replacements: Replacement[],
): string {
  let copy = ''
  let at = start
  for (const each of replacements.sort((a, b) => a.start - b.start)) {
    if (each.start < at) continue
    copy += text.slice(at, each.start) + each.text
    at = each.end
  }
  return copy + text.slice(at, end)
}
