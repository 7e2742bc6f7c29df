import type { DetectionContext } from '../../../../host/context.js'
import type { Evidence } from '../../../../types.js'
import { lineOfText } from '../../../../host/text.js'

/** What the development server passes on to the API. */
export interface DevProxy {
  /** The beginnings of paths that it passes on: '/api'. */
  paths: string[]
  /** It takes the first `/api` of a path away. */
  stripsApi: boolean
  evidence: Evidence
}

const KEY = /["'`]?(\^?\/[\w./*-]*)["'`]\s*:\s*(?:\{|["'`]http|[\w.]+)/g
const STRIPS = /(?:rewrite|pathRewrite)\b[\s\S]{0,120}?\^?\\?\/api/

/** The proxy in Vite's configuration; null without one. */
export function viteProxy({ files }: DetectionContext, config: string | null): DevProxy | null {
  const text = config === null ? '' : (files.read(config) ?? '')
  const start = text.search(/\bproxy\s*:\s*\{/)
  if (config === null || start === -1) return null
  const block = blockAt(text, text.indexOf('{', start))
  const paths = [...block.matchAll(KEY)].map(([, path]) => (path ?? '').replace(/^\^/, ''))
  const evidence = { file: config, line: lineOfText(text, 'proxy') ?? 1 }
  return { paths, stripsApi: STRIPS.test(block), evidence }
}

/** What stands between the braces that begin there, with them. */
export function blockAt(text: string, open: number): string {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(open, at + 1)
  }
  return text.slice(open)
}
