import type { FormatProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'

type Options = FormatProfile['options']

const ENDINGS = ['js', 'mjs', 'cjs', 'ts', 'mts']
const NAMES = [
  ...ENDINGS.map((ending) => `eslint.config.${ending}`),
  ...['', '.json', '.js', '.cjs', '.yml', '.yaml'].map((ending) => `.eslintrc${ending}`),
]
const OFF = /^(?:["']?off["']?|0)$/

/** What ESLint's rules on style ask for, in Prettier's words: only what they say in plain values. */
export function eslintStyle(context: DetectionContext): Options {
  const text = eslintConfig(context)
  return { ...ofStandard(context, text), ...ofRules(text), ...ofPrettierRule(text) }
}

/** ESLint's configuration as the package has it written; '' where it has none of its own. */
export function eslintConfig(context: DetectionContext): string {
  const { files, manifest } = context
  const file = files.firstFile(NAMES.map((name) => context.path(name)))
  const inManifest = manifest.json['eslintConfig']
  if (file !== null) return files.read(file) ?? ''
  return inManifest ? JSON.stringify(inManifest) : ''
}

/** Options that the rule of eslint-plugin-prettier is given, where there is no file of Prettier's. */
function ofPrettierRule(text: string): Options {
  const block = /["']prettier\/prettier["']\s*:\s*\[[^{\]]*\{([^}]*)\}/.exec(text)?.[1] ?? ''
  const pairs = block.matchAll(/["']?(\w+)["']?\s*:\s*(?:["']([^"']*)["']|(true|false|\d+))/g)
  return Object.fromEntries(
    [...pairs].map(([, name = '', word, plain]) => [name, word ?? valueOf(plain ?? '')]),
  )
}

function valueOf(plain: string): boolean | number {
  return plain === 'true' || plain === 'false' ? plain === 'true' : Number(plain)
}

/** StandardJS has no settings: it is its rules. */
function ofStandard({ manifest }: DetectionContext, text: string): Options {
  const isUsed =
    manifest.has('standard') ||
    manifest.has('ts-standard') ||
    /["']standard(-with-typescript)?["']/.test(text)
  return isUsed ? { semi: false, singleQuote: true, tabWidth: 2, trailingComma: 'none' } : {}
}

function ofRules(text: string): Options {
  const semi = rule(text, 'semi')
  const quotes = rule(text, 'quotes')
  const indent = rule(text, 'indent')
  const commas = rule(text, 'comma-dangle')
  const width = Number(/["']?max-len["']?\s*:[^\n]*?\b(\d{2,3})\b/.exec(text)?.[1])
  return {
    ...(semi && { semi: semi !== 'never' }),
    ...(quotes && /^(single|double)$/.test(quotes) && { singleQuote: quotes === 'single' }),
    ...(indent === 'tab' && { useTabs: true }),
    ...(indent && /^[1-8]$/.test(indent) && { useTabs: false, tabWidth: Number(indent) }),
    ...(commas && { trailingComma: commas === 'never' ? 'none' : 'all' }),
    ...(width >= 60 && { printWidth: width }),
  }
}

/** The first word or number that a rule is given behind how severe it is; null where it is off. */
function rule(text: string, name: string): string | null {
  const start = new RegExp(`["']?(?:@[\\w-]+/)?(?:[\\w-]+/)?${name}["']?\\s*:\\s*\\[?`).exec(text)
  if (!start || !/["'/{,\s]$/.test(text[start.index - 1] ?? ' ')) return null
  const rest = text.slice(start.index + start[0].length, start.index + start[0].length + 200)
  const [severity = '', value = ''] = (rest.split(/[\]}\n](?!\s*["'\d])/)[0] ?? '')
    .split(',')
    .map((part) => part.trim())
  if (OFF.test(severity)) return null
  return value.replace(/["']/g, '') || null
}
