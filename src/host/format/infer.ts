import type { ts } from 'ts-morph'
import type { FormatProfile } from '../../types.js'
import type { Sources } from '../source/sources.js'

/** Settings under which Prettier writes as these files are written. */
export function inferOptions(sources: Sources, files: string[]): FormatProfile['options'] {
  const parsed = files.flatMap((file) => sources.parse(file) ?? [])
  const texts = parsed.map((source) => source.text)
  const lines = texts.flatMap((text) => text.split('\n'))
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 80)
  return {
    semi: semicolons(sources, parsed),
    singleQuote: singleQuotes(sources, parsed),
    trailingComma: trailingCommas(sources, parsed) ? 'all' : 'none',
    ...indentation(texts),
    // Wide lines are left to stand, up to where they are accidents.
    printWidth: longest > 120 ? 120 : longest > 80 ? 100 : 80,
    // A single file with other endings is an accident.
    endOfLine:
      texts.filter((text) => text.includes('\r\n')).length * 2 > texts.length ? 'crlf' : 'lf',
  }
}

/**
 * What most files do, each with one voice, and the first where they are even. What is patched into
 * a file is written as the rest of it, so that a second run finds the same.
 */
function mostFiles(
  parsed: ts.SourceFile[],
  does: (source: ts.SourceFile) => boolean | null,
): boolean {
  const voices = parsed.flatMap((source) => does(source) ?? [])
  const yes = voices.filter((voice) => voice).length
  return yes * 2 === voices.length ? (voices[0] ?? true) : yes * 2 > voices.length
}

function semicolons(sources: Sources, parsed: ts.SourceFile[]): boolean {
  const { ts } = sources
  return mostFiles(parsed, ({ statements }) => {
    const ending = statements.filter(
      (statement) =>
        ts.isImportDeclaration(statement) ||
        ts.isVariableStatement(statement) ||
        ts.isExpressionStatement(statement),
    )
    const ended = ending.filter((statement) => statement.getText().endsWith(';'))
    return ending.length === 0 ? null : ended.length * 2 >= ending.length
  })
}

function singleQuotes(sources: Sources, parsed: ts.SourceFile[]): boolean {
  const { ts } = sources
  return mostFiles(parsed, (source) => {
    let single = 0
    let double = 0
    sources.walk(source, (node) => {
      // JSX has quotes of its own.
      if (!ts.isStringLiteral(node) || ts.isJsxAttribute(node.parent)) return
      // With its file, since a node looks for its own by climbing the whole tree above it.
      if (source.text[node.getStart(source)] === "'") single++
      else double++
    })
    return single + double === 0 ? null : single > double
  })
}

/** Only lists whose closing bracket stands on a line of its own can say. */
function trailingCommas(sources: Sources, parsed: ts.SourceFile[]): boolean {
  const { ts } = sources
  let all = 0
  let withComma = 0
  for (const source of parsed) {
    sources.walk(source, (node) => {
      const list = ts.isObjectLiteralExpression(node)
        ? node.properties
        : ts.isArrayLiteralExpression(node)
          ? node.elements
          : null
      if (!list || list.length === 0) return
      const tail = source.text.slice(list.at(-1)?.getEnd() ?? 0, node.getEnd())
      if (!tail.includes('\n')) return
      all++
      if (list.hasTrailingComma) withComma++
    })
  }
  return withComma * 2 >= all
}

/** Tabs, or how many spaces further in a line most often stands than the line above it. */
function indentation(texts: string[]): FormatProfile['options'] {
  let tabs = 0
  const steps = new Map<number, number>()
  for (const text of texts) {
    let above = 0
    for (const line of text.split('\n')) {
      const [, white = '', first] = /^([ \t]*)(\S)?/.exec(line) ?? []
      // Comment blocks begin with an odd space, and an empty line says nothing.
      if (first === undefined || first === '*') continue
      if (white.includes('\t')) tabs++
      else if (white.length > above) {
        steps.set(white.length - above, (steps.get(white.length - above) ?? 0) + 1)
      }
      above = white.length
    }
  }
  const [most] = [...steps].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  if (tabs > [...steps.values()].reduce((sum, count) => sum + count, 0)) return { useTabs: true }
  return { useTabs: false, tabWidth: most && most[0] <= 8 ? most[0] : 2 }
}
