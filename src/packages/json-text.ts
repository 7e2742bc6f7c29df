/** A property of a JSON object, by its place in the text. */
export interface JsonProperty {
  name: string
  /** The parsed value. */
  value: unknown
  /** Where the name's quote stands. */
  start: number
  valueStart: number
  /** Behind the value. */
  end: number
}

export interface JsonObject {
  /** Where the brace stands. */
  start: number
  /** Behind the closing brace. */
  end: number
  properties: JsonProperty[]
}

/**
 * Where the properties of a JSON text's outermost object stand; null when the text is not one
 * valid JSON object. A byte order mark is allowed.
 */
export function parseJsonObject(text: string): JsonObject | null {
  const start = text.startsWith('\uFEFF') ? 1 : 0
  try {
    const value: unknown = JSON.parse(text.slice(start))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  } catch {
    return null
  }
  return objectAt(text, text.indexOf('{', start))
}

/** The object whose brace stands at `start` of a valid JSON text. */
export function objectAt(text: string, start: number): JsonObject {
  const properties: JsonProperty[] = []
  let at = skipSpace(text, start + 1)
  while (text[at] === '"') {
    const nameEnd = stringEnd(text, at)
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1)
    const end = valueEnd(text, valueStart)
    properties.push({
      name: JSON.parse(text.slice(at, nameEnd)) as string,
      value: JSON.parse(text.slice(valueStart, end)),
      start: at,
      valueStart,
      end,
    })
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return { start, end: at + 1, properties }
}

function skipSpace(text: string, at: number): number {
  while (/\s/.test(text[at] ?? '')) at += 1
  return at
}

function stringEnd(text: string, start: number): number {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

/** Strings are stepped over whole, so that a brace inside one does not count. */
function valueEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; ;) {
    const char = text[at] ?? ''
    if (depth === 0 && at > start && /[\s,\]}]/.test(char)) return at
    if (char === '"') at = stringEnd(text, at)
    else {
      if ('{['.includes(char)) depth += 1
      if ('}]'.includes(char)) depth -= 1
      at += 1
    }
    if (depth === 0 && /["}\]]/.test(text[at - 1] ?? '')) return at
  }
}
