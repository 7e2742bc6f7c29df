import { objectAt, parseJsonObject, type JsonObject, type JsonProperty } from './json-text.js'

/** Sections of package.json in the order npm writes them; a new one is put in that order. */
const SECTION_ORDER = ['scripts', 'dependencies', 'devDependencies', 'overrides']

/**
 * Adds `name: value` to the object `section` of a package.json, in its alphabetical place when the
 * entries there are in order (scripts are not an alphabet), else at the end. A missing section is
 * made. `text` must be a valid JSON object.
 */
export function insertProperty(
  text: string,
  section: string,
  name: string,
  value: string | Record<string, string>,
): string {
  const root = rootOf(text)
  const found = root.properties.find((property) => property.name === section)
  const style = styleOf(text, root)
  if (found === undefined || typeof found.value !== 'object' || found.value === null) {
    const body = `{${style.newline}${style.indent.repeat(2)}${pair(name, value)}${style.newline}${style.indent}}`
    return insert(text, root, sectionIndex(root, section), `"${section}": ${body}`, 1, style)
  }
  const object = objectAt(text, found.valueStart)
  const index = section === 'scripts' ? object.properties.length : sortedIndex(object, name)
  return insert(text, object, index, pair(name, value), 2, style)
}

/** Replaces the value of an entry that is there. */
export function replaceValue(text: string, section: string, name: string, value: string): string {
  const found = rootOf(text).properties.find((property) => property.name === section)
  if (found === undefined) return text
  const entry = objectAt(text, found.valueStart).properties.find((p) => p.name === name)
  if (entry === undefined) return text
  return text.slice(0, entry.valueStart) + JSON.stringify(value) + text.slice(entry.end)
}

/** Takes an entry out, with its comma and the white space before it. */
export function removeProperty(text: string, section: string, name: string): string {
  const found = rootOf(text).properties.find((property) => property.name === section)
  if (found === undefined) return text
  const object = objectAt(text, found.valueStart)
  const index = object.properties.findIndex((property) => property.name === name)
  const entry = object.properties[index]
  if (entry === undefined) return text
  const previous = object.properties[index - 1]
  const next = object.properties[index + 1]
  if (previous !== undefined) return text.slice(0, previous.end) + text.slice(entry.end)
  if (next !== undefined) return text.slice(0, entry.start) + text.slice(next.start)
  return `${text.slice(0, object.start)}{}${text.slice(object.end)}`
}

function rootOf(text: string): JsonObject {
  return parseJsonObject(text) ?? { start: 0, end: text.length, properties: [] }
}

function pair(name: string, value: string | Record<string, string>): string {
  if (typeof value === 'string') return `${JSON.stringify(name)}: ${JSON.stringify(value)}`
  const inner = Object.entries(value).map(([key, one]) => pair(key, one))
  return `${JSON.stringify(name)}: { ${inner.join(', ')} }`
}

interface Style {
  newline: string
  indent: string
}

function styleOf(text: string, root: JsonObject): Style {
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const first = root.properties[0]
  const lead = first === undefined ? '' : text.slice(root.start + 1, first.start)
  const indent = /[\r\n]([ \t]+)$/.exec(lead)?.[1] ?? '  '
  return { newline, indent }
}

function insert(
  text: string,
  object: JsonObject,
  index: number,
  property: string,
  depth: number,
  { newline, indent }: Style,
): string {
  const { properties } = object
  const previous = properties[index - 1]
  const next = properties[index]
  if (previous !== undefined) {
    const gap = gapBetween(text, object, properties, index)
    return `${text.slice(0, previous.end)},${gap}${property}${text.slice(previous.end)}`
  }
  if (next !== undefined) {
    const gap = text.slice(object.start + 1, next.start)
    return `${text.slice(0, next.start)}${property},${gap}${text.slice(next.start)}`
  }
  const [inner, outer] = [newline + indent.repeat(depth), newline + indent.repeat(depth - 1)]
  return `${text.slice(0, object.start)}{${inner}${property}${outer}}${text.slice(object.end)}`
}

/** The white space before an entry, as its neighbours have it. */
function gapBetween(text: string, object: JsonObject, all: JsonProperty[], index: number): string {
  const neighbour = all[index] ?? all[index - 1]
  const at = neighbour === undefined ? 0 : all.indexOf(neighbour)
  const end = neighbour?.start ?? 0
  const before = text.slice(all[at - 1]?.end ?? object.start + 1, end)
  const gap = before.replace(/^\s*,/, '')
  return gap === '' && text.slice(object.start, object.end).includes(' ') ? ' ' : gap
}

function sortedIndex({ properties }: JsonObject, name: string): number {
  const names = properties.map((property) => property.name)
  const order = [byLocale, byCode].find((compare) => isSorted(names, compare))
  if (order === undefined) return names.length
  const index = names.findIndex((other) => order(name, other) < 0)
  return index === -1 ? names.length : index
}

function isSorted(names: string[], compare: (a: string, b: string) => number): boolean {
  return names.every((name, index) => index === 0 || compare(names[index - 1] ?? '', name) <= 0)
}

/** npm's own order. */
function byLocale(a: string, b: string): number {
  return a.localeCompare(b, 'en')
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function sectionIndex({ properties }: JsonObject, section: string): number {
  const names = properties.map((property) => property.name)
  const earlier = SECTION_ORDER.slice(0, SECTION_ORDER.indexOf(section)).reverse()
  const before = earlier.find((name) => names.includes(name))
  if (before !== undefined) return names.indexOf(before) + 1
  const later = SECTION_ORDER.slice(SECTION_ORDER.indexOf(section) + 1)
  const after = later.find((name) => names.includes(name))
  return after === undefined ? names.length : names.indexOf(after)
}
