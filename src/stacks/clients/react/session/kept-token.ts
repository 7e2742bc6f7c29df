import type { DetectionContext } from '../../../../host/context.js'

const SETS =
  /\b((?:window\.)?(?:local|session)Storage)\.setItem\(\s*["'`]([\w.:@/-]*(?:token|jwt)[\w.:@/-]*)["'`]/gi

/** The one token that the page puts into the browser's storage, as it is read from there. */
export function keptToken({ files }: DetectionContext, modules: string[]): string | null {
  const found = new Set<string>()
  for (const file of modules) {
    for (const [, storage = '', key = ''] of (files.read(file) ?? '').matchAll(SETS)) {
      if (!/refresh/i.test(key)) found.add(`${storage}.getItem('${key}')`)
    }
  }
  const [only, ...others] = found
  return only !== undefined && others.length === 0 ? only : null
}
