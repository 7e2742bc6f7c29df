import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { readNewline } from './source-style.js'

type Ts = typeof TS

/** What the compiler leaves out by itself as long as nothing is excluded in words. */
const LEFT_OUT = ['node_modules', 'bower_components', 'jspm_packages']

/**
 * Has a tsconfig.json leave a folder out. Comments, order and every other byte stay.
 *
 * @param folder relative to the file
 */
export async function excludeFromTsconfig(text: string, folder: string): Promise<EditResult> {
  const { ts } = await import('../syntax.js')
  return settle(
    () => `"exclude": [${JSON.stringify(folder)}]`,
    () => Promise.resolve(edited(ts, text, folder)),
  )
}

function edited(ts: Ts, text: string, folder: string): EditResult {
  const source = ts.parseJsonText('tsconfig.json', text)
  const root = source.statements[0]?.expression
  const { parseDiagnostics = [] } = source as { parseDiagnostics?: unknown[] }
  if (!root || !ts.isObjectLiteralExpression(root) || parseDiagnostics.length > 0) {
    throw new Miss('parse_error', 'It cannot be read as JSON.')
  }
  const excluded = propertyOf(ts, root, 'exclude')
  if (excluded) return appended(ts, text, source, excluded, folder)
  if (propertyOf(ts, root, 'extends')) {
    throw new Miss('anchor_not_found', 'What it leaves out is said in the file that it extends.')
  }
  const last = root.properties.at(-1)
  if (!last) throw new Miss('anchor_not_found', 'It is empty.')
  const options = propertyOf(ts, root, 'compilerOptions')
  const outDir =
    options && ts.isObjectLiteralExpression(options) ? propertyOf(ts, options, 'outDir') : null
  const kept = outDir && ts.isStringLiteral(outDir) ? [outDir.text] : []
  const list = [...LEFT_OUT.slice(0, 1), ...kept, folder].map((one) => JSON.stringify(one))
  const gap = text.slice(last.getFullStart(), last.getStart(source)).match(/\s*$/)?.[0] ?? ' '
  const lead = gap.includes('\n') ? readNewline(text) + (/[^\n]*$/.exec(gap)?.[0] ?? '') : ' '
  const setting = `${lead}"exclude": [${list.join(', ')}]`
  const { hasTrailingComma = false } = root.properties
  const at = hasTrailingComma ? text.indexOf(',', last.end) + 1 : last.end
  const added = hasTrailingComma ? `${setting},` : `,${setting}`
  const content = text.slice(0, at) + added + text.slice(at)
  return { status: 'changed', content, anchor: 'after-the-last-setting' }
}

function appended(
  ts: Ts,
  text: string,
  source: TS.SourceFile,
  list: TS.Expression,
  folder: string,
): EditResult {
  if (!ts.isArrayLiteralExpression(list)) {
    throw new Miss('anchor_not_found', '"exclude" is not a list.')
  }
  const { elements } = list
  const names = elements.map((one) => (ts.isStringLiteral(one) ? one.text : ''))
  if (names.some((name) => name.replace(/^\.\/|\/$/g, '') === folder)) {
    return { status: 'unchanged' }
  }
  const name = JSON.stringify(folder)
  const last = elements.at(-1)
  if (!last) {
    const at = list.getStart(source) + 1
    return changed(text, at, name)
  }
  const gap = text.slice(last.getFullStart(), last.getStart(source)).match(/\s*$/)?.[0] ?? ' '
  const lead = gap.includes('\n') ? readNewline(text) + (/[^\n]*$/.exec(gap)?.[0] ?? '') : ' '
  if (!elements.hasTrailingComma) return changed(text, last.end, `,${lead}${name}`)
  return changed(text, text.indexOf(',', last.end) + 1, `${lead}${name},`)
}

function changed(text: string, at: number, added: string): EditResult {
  const content = text.slice(0, at) + added + text.slice(at)
  return { status: 'changed', content, anchor: 'in-the-list' }
}

function propertyOf(
  ts: Ts,
  object: TS.ObjectLiteralExpression,
  name: string,
): TS.Expression | null {
  const found = object.properties.find(
    (property): property is TS.PropertyAssignment =>
      ts.isPropertyAssignment(property) &&
      ts.isStringLiteral(property.name) &&
      property.name.text === name,
  )
  return found?.initializer ?? null
}
