import type { FormatProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { biomeConfig } from './biome-config.js'
import { editorConfigOptions } from './editor-config.js'
import { eslintStyle } from './eslint-style.js'
import { inferOptions } from './infer.js'
import { prettierConfig } from './prettier-config.js'

/**
 * The host's settings as Prettier's: its own, resolved as it does for a source file, or Biome's.
 * Without either, those under which the given files would be written as they are, and what ESLint
 * and .editorconfig ask for.
 */
export function detectFormat(context: DetectionContext, samples: string[]): FormatProfile {
  const { manifest } = context
  const [sample = 'index.ts'] = samples
  const config = prettierConfig(context, sample)
  const editor = editorConfigOptions(context.files, sample)
  const biome = config ? null : biomeConfig(context, sample)
  if (biome) {
    return {
      tool: { value: 'biome', source: 'detected', evidence: [biome.evidence] },
      options: { ...editor, ...biome.options },
    }
  }
  if (!config && !context.has('prettier')) {
    return {
      tool: { value: 'none', source: 'detected', evidence: [] },
      options: { ...inferOptions(context.sources, samples), ...eslintStyle(context), ...editor },
    }
  }
  const evidence = config?.evidence ?? manifest.evidence('prettier')
  if (config?.options === null) {
    const reason = `${evidence.file} is more than plain settings`
    context.assumptions.push({ field: 'host.format', value: "Prettier's defaults", reason })
  }
  const options = config ? (config.options ?? {}) : eslintStyle(context)
  return {
    tool: { value: 'prettier', source: 'detected', evidence: [evidence] },
    options: { ...editor, ...options },
  }
}
