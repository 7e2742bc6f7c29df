import type { ClientTheme } from '../../../../types.js'
import { classNameOf } from './stylesheet.js'
import { tailwindClassesOf } from './tailwind.js'

interface Styled {
  styling: 'tailwind' | 'css'
  theme: ClientTheme
}

/** The classes for a look that templates name: the host's Tailwind, else those of our stylesheet. */
export function classesOf(look: string, { styling, theme }: Styled): string {
  return styling === 'tailwind' ? tailwindClassesOf(look, theme) : classNameOf(look)
}
