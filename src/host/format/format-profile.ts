import type { FormatProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { editorConfigOptions } from './editor-config.js'
import { inferOptions } from './infer.js'
import { prettierConfig } from './prettier-config.js'

/**
 * The host's Prettier settings, resolved as Prettier does for a source file; without Prettier,
 * settings that write as the given files are written.
 */
export function detectFormat(context: DetectionContext, samples: string[]): FormatProfile {
  const { files, manifest } = context
  const config = prettierConfig(context, samples[0] ?? 'index.ts')
  const editor = editorConfigOptions(files.read('.editorconfig') ?? '')
  if (!config && !context.has('prettier')) {
    return {
      tool: { value: 'none', source: 'detected', evidence: [] },
      options: { ...inferOptions(context.sources, samples), ...editor },
    }
  }
  const evidence = config?.evidence ?? manifest.evidence('prettier')
  if (config?.options === null) {
    const reason = `${evidence.file} is more than plain settings`
    context.assumptions.push({ field: 'host.format', value: "Prettier's defaults", reason })
  }
  return {
    tool: { value: 'prettier', source: 'detected', evidence: [evidence] },
    options: { ...editor, ...(config?.options ?? {}) },
  }
}
