import type { EditResult } from './edit-result.js'
import { readNewline } from './source-style.js'

export interface ReadmeSection {
  /** The heading, and another one for a file that has a section of that name. */
  headings: [string, string]
  /** One paragraph of Markdown. */
  text: string
  /** The page that it points to: a file that names it has the section, in whichever words. */
  page: string
}

interface Heading {
  /** The line's index. */
  at: number
  level: number
  text: string
  underlined: boolean
}

/** What people expect at the end of a file. */
const LAST = /licen[cs]e|contribut|credit|acknowledg|author|thanks|contact|support|sponsor/i

/**
 * Adds a section to a README, written as its own are. Anchors: `before-last-sections` (licence,
 * contributing), `end-of-file`.
 */
export function addReadmeSection(content: string, section: ReadmeSection): EditResult {
  if (content.includes(section.page)) return { status: 'unchanged' }
  const newline = readNewline(content)
  const lines = content.split(/\r?\n/)
  const headings = headingsOf(lines)
  const level = levelOf(headings)
  const known = headings.map(({ text }) => text.toLowerCase())
  const [usual, other] = section.headings
  const heading = known.includes(usual.toLowerCase()) ? other : usual
  const block = [...headingLines(heading, level, headings), '', section.text]
  const before = lastSections(headings, level)
  if (before) {
    const start = offsetOf(content, before.at)
    const text = [...block, '', ''].join(newline)
    return {
      status: 'changed',
      content: content.slice(0, start) + text + content.slice(start),
      anchor: 'before-last-sections',
    }
  }
  const bare = content.trimEnd()
  const rest = content.slice(bare.length)
  const gap = bare.replace('\uFEFF', '') === '' ? '' : newline + newline
  // Blank lines at the end stay what they are: the section ends where the file did.
  return {
    status: 'changed',
    content: bare + gap + block.join(newline) + (rest === '' ? newline : rest),
    anchor: 'end-of-file',
  }
}

/** The headings outside of code, in both ways of writing them. */
function headingsOf(lines: string[]): Heading[] {
  const found: Heading[] = []
  let fence: string | null = null
  for (const [at, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null
      continue
    }
    if (fence !== null) continue
    const [, marks, text] = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$/.exec(line) ?? []
    if (marks !== undefined && text !== undefined) {
      found.push({ at, level: marks.length, text, underlined: false })
    }
    const previous = lines[at - 1]?.trim() ?? ''
    if (previous !== '' && /^ {0,3}(=+|-{2,})[ \t]*$/.test(line) && !/^[#>|`-]/.test(previous)) {
      const level = line.includes('=') ? 1 : 2
      found.push({ at: at - 1, level, text: previous, underlined: true })
    }
  }
  return found
}

/** The level of sections: the highest that more than one heading has, else the one below the title. */
function levelOf(headings: Heading[]): number {
  const count = (level: number): number => headings.filter((each) => each.level === level).length
  return [1, 2, 3].find((level) => count(level) > 1) ?? 2
}

function headingLines(text: string, level: number, headings: Heading[]): string[] {
  const alike = headings.filter((each) => each.level === level)
  const isUnderlined = alike.length > 0 && alike.every(({ underlined }) => underlined)
  if (isUnderlined) return [text, (level === 1 ? '=' : '-').repeat(text.length)]
  return [`${'#'.repeat(level)} ${text}`]
}

/** The first of the sections at the end that belong there. */
function lastSections(headings: Heading[], level: number): Heading | null {
  const sections = headings.filter((each) => each.level <= level)
  let first: Heading | null = null
  for (const each of sections.toReversed()) {
    if (each.level !== level || !LAST.test(each.text)) return first
    first = each
  }
  return null
}

function offsetOf(content: string, line: number): number {
  let offset = 0
  for (let at = 0; at < line; at++) offset = content.indexOf('\n', offset) + 1
  return offset
}
