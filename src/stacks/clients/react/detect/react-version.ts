import type { ClientProfile } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { packageVersion } from '../../../../host/package-version.js'
import { compilerOptions } from '../../../../host/source/tsconfig.js'
import { viteConfig } from './entry.js'

const NEWEST = 19
/** Since these majors JSX needs no `React` in scope, unless the host asks for it. */
const AUTOMATIC_SINCE = { react: 17, 'react-scripts': 4 }
const CONFIGS = ['.babelrc', '.babelrc.json', 'babel.config.js', 'babel.config.json'].concat(
  'babel.config.cjs',
  'webpack.config.js',
  'webpack.common.js',
  'config/webpack.config.js',
)

/** The version of React, and whether files with JSX have to import it. */
export function reactVersion(context: DetectionContext): Pick<ClientProfile, 'react' | 'jsx'> {
  const react = majorOf(context, 'react') ?? NEWEST
  return { react, jsx: isClassic(context, react) ? 'classic' : 'automatic' }
}

function isClassic(context: DetectionContext, react: number): boolean {
  const { files, sources, manifest } = context
  const scripts = majorOf(context, 'react-scripts')
  if (react < AUTOMATIC_SINCE.react) return true
  if (scripts !== null) return scripts < AUTOMATIC_SINCE['react-scripts']
  const { options } = compilerOptions(files, sources.ts, context.path('tsconfig.json'))
  if (options['jsx'] === 'react') return true
  const vite = viteConfig(context)
  if (vite !== null) return /jsxRuntime:\s*['"]classic/.test(files.read(vite) ?? '')
  const preset = CONFIGS.map((name) => files.read(context.path(name)) ?? '').find((text) =>
    text.includes('preset-react'),
  )
  const own = JSON.stringify(manifest.packagesMatching(/^@babel\/preset-react$/))
  const usesBabel = preset !== undefined || own !== '[]'
  const babel = majorOf(context, '@babel/preset-react') ?? majorOf(context, '@babel/core') ?? 7
  return usesBabel && babel < 8 && !/runtime["']?\s*:\s*["']automatic/.test(preset ?? '')
}

function majorOf(context: DetectionContext, name: string): number | null {
  if (context.manifest.rangeOf(name) === null) return null
  const { major } = packageVersion(context, name, 0)
  return major === 0 ? null : major
}
