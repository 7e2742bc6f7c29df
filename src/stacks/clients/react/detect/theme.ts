import type { ClientTheme, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { folderOf, joinPath } from '../../../../host/host-files.js'
import { lineOfText } from '../../../../host/text.js'
import { whiteContrastOf } from '../looks/contrast.js'

/** White text on an accent is to be read: WCAG AA. */
const READABLE = 4.5

interface Text {
  file: string
  text: string
}

/** Which color the host's pages stress with, and whether and how they turn dark. */
export function detectTheme(
  context: DetectionContext,
  modules: string[],
  styling: 'tailwind' | 'css',
): Found<ClientTheme> {
  const texts =
    styling === 'tailwind'
      ? modules.map((file) => textOf(context, file))
      : sheetsOf(context, modules)
  const dark = styling === 'tailwind' ? darkVariant(texts) : darkOf(texts)
  const accent = styling === 'tailwind' ? paletteOf(texts) : propertyOf(texts)
  const evidence = [dark, accent].flatMap((seen) => (seen ? [seen.evidence] : []))
  return {
    value: { dark: dark?.value ?? null, accent: accent?.value ?? null },
    source: evidence.length > 0 ? 'detected' : 'assumed',
    evidence,
  }
}

function textOf({ files }: DetectionContext, file: string): Text {
  return { file, text: files.read(file) ?? '' }
}

/** The stylesheets that the modules import. */
function sheetsOf(context: DetectionContext, modules: string[]): Text[] {
  const sheets = modules.flatMap((file) =>
    context.sources
      .specifiersOf(file)
      .filter((specifier) => /^\.{1,2}\/.*\.(css|scss)$/.test(specifier))
      .map((specifier) => joinPath(folderOf(file), specifier)),
  )
  return [...new Set(sheets)].map((file) => textOf(context, file))
}

interface Seen {
  value: string
  evidence: { file: string; line: number }
}

function seenIn({ file, text }: Text, value: string, words: string): Seen {
  return { value, evidence: { file, line: lineOfText(text, words) ?? 1 } }
}

/** `dark:` works as the host has set it up, with the system or with a class. */
function darkVariant(texts: Text[]): Seen | null {
  const found = texts.find(({ text }) => /[\s"'`]dark:[a-z[-]/.test(text))
  return found ? seenIn(found, 'dark:', 'dark:') : null
}

const SYSTEM = '@media (prefers-color-scheme: dark)'
const SELECTOR =
  /(?:^|[\s,{}])((?::root|html|body)?(?:\.(?:dark|dark-mode|dark-theme|theme-dark)|\[data-(?:theme|mode|color-scheme)=["']?dark["']?\]))\s*[,{]/

/** With `color-scheme`, below a selector, or with the system. */
function darkOf(texts: Text[]): Seen | null {
  for (const sheet of texts) {
    const scheme = /(?<![-\w(])color-scheme\s*:[^;}]*\bdark\b/.exec(sheet.text)
    if (scheme) return seenIn(sheet, 'color-scheme', scheme[0])
  }
  for (const sheet of texts) {
    const selector = SELECTOR.exec(sheet.text)?.[1]
    if (selector !== undefined) return seenIn(sheet, selector, selector)
  }
  const media = /@media[^{]*prefers-color-scheme\s*:\s*dark/
  const found = texts.find(({ text }) => media.test(text))
  return found ? seenIn(found, SYSTEM, media.exec(found.text)?.[0] ?? '') : null
}

const PALETTE =
  /(?<![\w:-])bg-(indigo|blue|violet|purple|fuchsia|pink|rose|orange|amber|lime|green|emerald|teal|cyan|sky)-(?:500|600|700)\b/g

/** The palette that most of the filled elements have. */
function paletteOf(texts: Text[]): Seen | null {
  const counts = new Map<string, number>()
  for (const { text } of texts) {
    for (const [, palette = ''] of text.matchAll(PALETTE)) {
      counts.set(palette, (counts.get(palette) ?? 0) + 1)
    }
  }
  const [[palette] = []] = [...counts].sort(([, a], [, b]) => b - a)
  const found = texts.find(({ text }) => text.includes(`bg-${palette}-`))
  return palette !== undefined && found ? seenIn(found, palette, `bg-${palette}-`) : null
}

const PROPERTY = /(--(?:color-)?(?:accent|primary|brand)(?:-color)?)\s*:\s*([^;}]+)/g

/** A custom property whose color white text can stand on. */
function propertyOf(texts: Text[]): Seen | null {
  for (const sheet of texts) {
    for (const [words, name = '', color = ''] of sheet.text.matchAll(PROPERTY)) {
      const contrast = whiteContrastOf(color)
      if (contrast !== null && contrast >= READABLE) return seenIn(sheet, `var(${name})`, words)
    }
  }
  return null
}
