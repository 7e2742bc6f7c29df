/** A program that brings files into the style that a host has chosen. */
export interface Fixer {
  /** What it is called in package.json. */
  package: string
  /** What is run. */
  program: string
  /** That which it is given before the files. It corrects them where they are. */
  args: string[]
}

/** In the order in which they run: a formatter lays out what a linter has corrected. */
export const FIXERS: readonly Fixer[] = [
  { package: 'eslint', program: 'eslint', args: ['--fix'] },
  { package: 'standard', program: 'standard', args: ['--fix'] },
  { package: 'xo', program: 'xo', args: ['--fix'] },
  { package: '@biomejs/biome', program: 'biome', args: ['check', '--write'] },
  { package: 'prettier', program: 'prettier', args: ['--write'] },
]
