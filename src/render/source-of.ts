import { logicalPathOf } from './engine.js'
import { templateNames } from './template-names.js'

const WITH_MARKUP = new Set(
  templateNames.templates.map(logicalPathOf).filter((logical) => logical.endsWith('.tsx')),
)

/**
 * The module that an import in a template means, with the ending that it is written under: a
 * template imports `x.js` for `x.ts` and for `x.tsx`, and a host may tell them apart.
 */
export function sourceOf(logical: string): string {
  if (!logical.endsWith('.js')) return logical
  const stem = logical.slice(0, -'.js'.length)
  return WITH_MARKUP.has(`${stem}.tsx`) ? `${stem}.tsx` : `${stem}.ts`
}
