import { quoted, indentAt, type Insertion } from '../insertion.js'
import type { Source } from '../source.js'
import { insertRoute } from './insert-route.js'
import type { RoutePlace } from './route-place.js'
import type { PageKey, RouteList, RouteNode, Wrapping } from './route-tree.js'

/** The new route as whole lines at its place, in the file's style. */
export function writeRoute(
  source: Source,
  list: RouteList,
  place: RoutePlace,
  component: string,
): Insertion {
  const indent = indentAt(source.text, place.beside.node.getStart(source.file))
  const lines =
    list.syntax === 'jsx'
      ? jsxLines(source, place, component, indent)
      : objectLines(source, list, place, component, indent)
  return insertRoute(source, place.beside.node, place.side, {
    lines: lines.map((line) => (line === '' ? '' : indent + line)),
    syntax: place.beside.syntax,
  })
}

function jsxLines(source: Source, place: RoutePlace, component: string, indent: string): string[] {
  const { style } = source
  if (place.guard) {
    const element = elementLines(place.guard.element?.getText(source.file) ?? '')
    const inner = jsxLines(
      source,
      { ...place, guard: null, like: null },
      component,
      indent + style.indent,
    )
    const [only = '', ...more] = element
    const opening =
      more.length === 0
        ? [`<Route element={${only}}>`]
        : [
            '<Route',
            `${style.indent}element={`,
            ...element.map((line) => style.indent.repeat(2) + line),
            `${style.indent}}`,
            '>',
          ]
    return [...opening, ...inner.map((line) => style.indent + line), '</Route>']
  }
  const path = `path=${quoted(style.jsxQuote, place.path)}`
  const page = `<${component} />`
  const { tags, before, after } = wrappingOf(place.like)
  const loader = place.like?.loader ? ` loader={${place.like.loader}}` : ''
  const inline = `<Route ${path} element={${wrapped(page, { before, after })}}${loader} />`
  const fits = indent.length + inline.length <= style.width
  if (!tags || tags.length === 0 || (fits && !before.includes('\n'))) return [inline]
  const element = nested(tags, page, style.indent).map((line) => style.indent.repeat(2) + line)
  return [
    '<Route',
    `${style.indent}${path}`,
    `${style.indent}element={`,
    ...element,
    `${style.indent}}`,
    ...(loader ? [style.indent + loader.trim()] : []),
    '/>',
  ]
}

function objectLines(
  source: Source,
  list: RouteList,
  place: RoutePlace,
  component: string,
  indent: string,
): string[] {
  const { style, file } = source
  const unit = style.indent
  if (place.guard) {
    const { key = 'element' } = place.guard
    const guard = elementLines(place.guard.element?.getText(file) ?? '')
    const plain = { ...place, guard: null, like: null }
    const inner = objectLines(source, list, plain, component, indent + unit.repeat(2))
    const [only] = inner
    const children =
      inner.length === 1 && only
        ? [`${unit}children: [${only.replace(/,$/, '')}],`]
        : [`${unit}children: [`, ...inner.map((line) => unit.repeat(2) + line), `${unit}],`]
    const [element = '', ...more] = guard
    const value =
      more.length === 0
        ? [`${unit}${key}: ${element},`]
        : [`${unit}${key}: (`, ...guard.map((line) => unit.repeat(2) + line), `${unit}),`]
    return ['{', ...value, ...children, '},']
  }
  const path = `path: ${quoted(style.quote, place.path)}`
  const { tags, before, after } = wrappingOf(place.like)
  const { key, isElement } = pageForm(source, list)
  const page = isElement ? `<${component} />` : component
  const inline = `${key}: ${wrapped(page, { before, after })}`
  const braces = style.bracketSpacing ? ['{ ', ' }'] : ['{', '}']
  const more = [
    ...(place.like?.loader ? [`loader: ${place.like.loader}`] : []),
    ...keyOf(source, place),
  ]
  const short = `${braces[0]}${[path, inline, ...more].join(', ')}${braces[1]},`
  const spread = place.like ? /^\{\s*\n/.test(place.like.node.getText(file)) : false
  const broken = before.includes('\n') && tags !== null && tags.length > 0
  if (!spread && !broken && indent.length + short.length <= style.width) return [short]
  const tooLong = indent.length + unit.length + inline.length + 1 > style.width
  if (!tags || tags.length === 0 || !(broken || tooLong)) {
    return ['{', ...[path, inline, ...more].map((each) => `${unit}${each},`), '},']
  }
  const element = nested(tags, page, unit).map((line) => unit.repeat(2) + line)
  const guard = more.map((each) => `${unit}${each},`)
  return ['{', `${unit}${path},`, `${unit}${key}: (`, ...element, `${unit}),`, ...guard, '},']
}

/** What tells the objects of a list apart for React, where they say it themselves. */
function keyOf({ ts, file, style }: Source, { beside, path }: RoutePlace): string[] {
  if (!ts.isObjectLiteralExpression(beside.node)) return []
  const hasKey = beside.node.properties.some((each) => each.name?.getText(file) === 'key')
  return hasKey ? [`key: ${quoted(style.quote, path.replace(/^\//, ''))}`] : []
}

const BARE: Wrapping = { access: 'open', tags: [], before: '', after: '' }

function wrappingOf(like: RouteNode | null): Wrapping {
  return like?.wrapping ?? BARE
}

function nested(tags: string[], page: string, unit: string): string[] {
  const [outer, ...rest] = tags.map(oneLine)
  if (outer === undefined) return [page]
  const name = /^<([\w$.]+)/.exec(outer)?.[1] ?? ''
  return [outer, ...nested(rest, page, unit).map((line) => unit + line), `</${name}>`]
}

/** The page in a wrapping of one line, without the parentheses that lines alone asked for. */
function wrapped(page: string, { before, after }: { before: string; after: string }): string {
  const branch = /([?:&|]\s*)\(\s*\n\s*(<[^()]*>)\s*\)/g
  // The bracket first: looking back from each blank of a long line would take minutes.
  const [opening = ''] = /\((?<=[?:&|]\s*\()\s*$/.exec(before) ?? []
  const closing = /^\s*\)/
  const whole = opening.includes('\n') && closing.test(after)
  const [start, end] = whole
    ? [before.slice(0, -opening.length), after.replace(closing, '')]
    : [before, after]
  return [start, end].map((part) => oneLine(part.replace(branch, '$1$2'))).join(page)
}

/** An element as it is written, over one line or over several, from the first column on. */
function elementLines(text: string): string[] {
  const bare = /^\(\s*\n\s*([\s\S]*\S)\s*\)$/.exec(text)?.[1] ?? text
  const lines = bare.split(/\r?\n/)
  const indent = /^\s*/.exec(lines.at(-1) ?? '')?.[0].length ?? 0
  // What is no element may be broken anywhere.
  if (!bare.startsWith('<')) return [oneLine(bare)]
  return lines.map((line, at) => (at === 0 ? line : line.slice(indent)))
}

/**
 * Elements written over several lines, on one. Between them a line break means nothing, where a
 * space would be a text.
 */
function oneLine(text: string): string {
  return text.replace(/\s+/g, (gap, at: number) => {
    if (!gap.includes('\n')) return gap
    const touches = /[>(]/.test(text.charAt(at - 1)) || /[<)]/.test(text.charAt(at + gap.length))
    return touches ? '' : ' '
  })
}

/** How most pages of the list are named, and whether by an element or by its component. */
function pageForm(source: Source, list: RouteList): { key: PageKey; isElement: boolean } {
  const all = (routes: RouteNode[]): RouteNode[] =>
    routes.flatMap((each) => [each, ...all(each.children)])
  const pages = all(list.routes).filter(({ key }) => key !== null)
  const count = (key: PageKey): number => pages.filter((page) => page.key === key).length
  const keys: PageKey[] = ['element', 'Component', 'component']
  const [most = 'element'] = keys.sort((a, b) => count(b) - count(a))
  if (pages.length === 0 && !/<[A-Z]/.test(source.text)) {
    return { key: 'Component', isElement: false }
  }
  const given = pages.filter((page) => page.key === most)
  const elements = given.filter(({ element }) => element && !source.ts.isIdentifier(element))
  return { key: most, isElement: most === 'element' && elements.length * 2 >= given.length }
}
