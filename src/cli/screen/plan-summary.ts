import { SECTIONS, sectionOf } from '../../plan/sections.js'
import { priceTable } from '../../request/index.js'
import type { Plan } from '../../types.js'
import { paintPatch, type Paint } from './colors.js'
import { cut, widthOf, wrap } from './wrap.js'

/** Lines of a file's changes that are shown; more of them are counted. */
const MOST_LINES = 12

export interface Screen {
  /** Columns for text; Infinity where nothing is wrapped. */
  columns: number
  paint: Paint
}

/** The prices, as a person checks them before anything is written. */
export function priceLines({ spec }: Plan, { columns }: Screen): string[] {
  const rows = priceTable(spec).map((row) => ({ ...row, name: row.name }))
  const longest = Math.max(...rows.map(({ name }) => widthOf(name)))
  const width = Math.min(longest, Math.floor(columns / 2))
  return rows.map(({ name, price, note }) => {
    const shown = cut(name, width)
    const words = `${price}${note ? `, ${note}` : ''}`
    return wrap(`  ${shown}${' '.repeat(width - widthOf(shown))}  ${words}`, columns)
  })
}

/** What is new, counted by area: nobody reads two hundred names. */
export function countLines(plan: Plan): string[] {
  const areas = SECTIONS.flatMap(({ name, title }) => {
    const paths = plan.changes
      .filter((change) => change.action === 'create' && sectionOf(change, plan.host) === name)
      .map(({ path }) => path)
    return paths.length === 0 ? [] : [{ title, paths }]
  })
  const width = Math.max(0, ...areas.map(({ title }) => title.length))
  const digits = Math.max(0, ...areas.map(({ paths }) => String(paths.length).length))
  return areas.map(({ title, paths }) => {
    const count = String(paths.length).padStart(digits)
    return `  ${title.padEnd(width)}  ${count}  ${foldersOf(paths)}`
  })
}

/** Every file by area, as `--verbose` shows them. */
export function fileLines(plan: Plan): string[] {
  return SECTIONS.flatMap(({ name, title }) => {
    const lines = plan.changes
      .filter((change) => sectionOf(change, plan.host) === name)
      .map(({ action, path }) => `  ${action === 'create' ? '+' : '~'} ${path}`)
    return lines.length === 0 ? [] : [title, ...lines]
  })
}

/** `name range`, one package beside the other. */
export function packageWords({ packages }: Plan): string {
  const all = { ...packages.dependencies, ...packages.devDependencies }
  return Object.entries(all)
    .map(([name, range]) => `${name} ${range}`)
    .join(', ')
}

/** The changes to the host's own files, the server's code first. Big ones are shortened. */
export function hostChangeLines(plan: Plan, diffs: Map<string, string>, screen: Screen): string[] {
  return SECTIONS.flatMap(({ name }) =>
    plan.changes
      .filter((change) => sectionOf(change, plan.host) === name)
      .flatMap(({ path }) => {
        const diff = diffs.get(path)
        return diff === undefined ? [] : ['', ...linesOfOne(path, diff, screen)]
      }),
  )
}

function linesOfOne(path: string, diff: string, { columns, paint }: Screen): string[] {
  const all = diff.split('\n').map((line) => line.replace(/\r$/, '').replaceAll('\t', '  '))
  const lines = all.slice(all.findIndex((line) => line.startsWith('@@')))
  const [added, removed] = [countOf(lines, '+'), countOf(lines, '-')]
  const counts = [added > 0 ? `+${added}` : '', removed > 0 ? `-${removed}` : '']
  const near = withoutContext(lines)
  const shown = near.slice(0, MOST_LINES)
  const more = near.slice(MOST_LINES).filter((line) => /^[-+]/.test(line)).length
  return [
    paint('bold', cut(`${path}  ${counts.join(' ').trim()}`, columns)),
    ...shown.map((line) => `  ${paintPatch(cut(line, columns - 2), paint)}`),
    ...(more > 0 ? [`  … ${more} more: --diff ${path}`] : []),
  ]
}

/** One line before and after each change is enough to see where it is; `⋮` stands for others. */
function withoutContext(lines: string[]): string[] {
  const isChange = (line: string | undefined): boolean => /^[-+]/.test(line ?? '')
  const kept: string[] = []
  let skipped = false
  lines.forEach((line, at) => {
    const isNear = /^ .*\S/.test(line) && (isChange(lines[at - 1]) || isChange(lines[at + 1]))
    if (!isChange(line) && !isNear) {
      skipped = kept.length > 0
      return
    }
    if (skipped) kept.push('⋮')
    kept.push(line)
    skipped = false
  })
  return kept
}

function countOf(lines: string[], sign: string): number {
  return lines.filter((line) => line.startsWith(sign)).length
}

/** The folders that the files lie in, as few as say where to look. */
function foldersOf(paths: string[]): string {
  const folders = new Set(paths.map((path) => path.split('/').slice(0, 1).join('/')))
  return [...folders].map((folder) => (paths.includes(folder) ? folder : `${folder}/`)).join(' ')
}
