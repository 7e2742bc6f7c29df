import type { ClientProfile } from '../../../types.js'

/** Logical path of what stands in for React 18. */
export const REACT_17 = 'client/billing/react-17.ts'

const SINCE_18 = ['useId', 'useSyncExternalStore']
const FROM_REACT = /^import \{([^{}]*)\} from 'react'$/gm

/**
 * A rendered module with its imports of React as the host's version and its JSX need them. They are
 * merged with the others afterwards.
 *
 * @param standIn specifier of the module that has what React 18 brought
 */
export function reactImports(
  text: string,
  { react, jsx }: Pick<ClientProfile, 'react' | 'jsx'>,
  { hasJsx, standIn }: { hasJsx: boolean; standIn: string },
): string {
  const own = react < 18 ? withStandIn(text, standIn) : text
  return jsx === 'classic' && hasJsx ? `import React, {} from 'react'\n${own}` : own
}

function withStandIn(text: string, standIn: string): string {
  return text.replace(FROM_REACT, (line, list: string) => {
    const names = list.split(',').map((name) => name.trim())
    const later = names.filter((name) => SINCE_18.includes(name))
    if (later.length === 0) return line
    const kept = names.filter((name) => !SINCE_18.includes(name))
    const rest = kept.length > 0 ? `import { ${kept.join(', ')} } from 'react'\n` : ''
    return `${rest}import { ${later.join(', ')} } from '${standIn}'`
  })
}
