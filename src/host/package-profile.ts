import type { PackageProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { detectCompiler } from './compiler.js'
import { detectPackageManager } from './package-manager.js'
import {
  detectImportExtension,
  detectLanguage,
  detectModules,
  detectStrictDirective,
} from './language.js'

/**
 * What a package is written in.
 *
 * @param sourceFiles of its code, to see in them how it imports
 */
export function detectPackage(context: DetectionContext, sourceFiles: string[]): PackageProfile {
  const { dir, manifest, installDir, packages, files } = context
  const language = detectLanguage(context, sourceFiles)
  return {
    dir,
    manifest: manifest.path,
    name: manifest.name,
    entry: manifest.name === null ? null : packages.sourceOf(files, manifest.name),
    installDir,
    packageManager: detectPackageManager(context.apart(context.manifest)),
    language,
    modules: detectModules(context, sourceFiles),
    strictDirective: detectStrictDirective(context, sourceFiles),
    importExtension: detectImportExtension(context, sourceFiles),
    compiler: language.value === 'typescript' ? detectCompiler(context) : null,
  }
}
