import { join } from 'node:path'
import { build } from 'esbuild'

/**
 * Builds a program that begins a transaction in the host it is given, installs there with npm as the
 * command does, and ends without closing it; so that a test can kill it in between.
 */
export async function buildInstallingChild(outfile: string): Promise<void> {
  await build({
    stdin: {
      contents: `
        import { begin } from './src/tree/apply.ts'
        import { installPackages } from './src/packages/install-packages.ts'
        const { value: transaction } = await begin(process.argv[2], [])
        await transaction.protectNodeModules()
        await installPackages(process.argv[2], 'npm', {
          onSpawn: (leader) => transaction.recordProcess(leader),
        })`,
      resolveDir: join(import.meta.dirname, '../..'),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  })
}
