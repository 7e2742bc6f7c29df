import type { HostProfile, PackageProfile } from '../../types.js'

/**
 * Turns what a template gave, which is TypeScript, into what the host's package is written in; null
 * where there was nothing but types.
 *
 * @param logical path of the template
 */
export type Translate = (text: string, path: string, logical: string) => string | null

/** TypeScript stays as it is: its compiler makes CommonJS where the host has that. */
export async function translatorFor({ server, client }: HostProfile): Promise<Translate> {
  const packages = [server.package, ...(client ? [client.package] : [])]
  if (packages.every(isTypeScript)) return (text) => text
  const { toJavaScript } = await import('./javascript.js')
  return (text, path, logical) => {
    if (!/\.[cm]?jsx?$/.test(path)) return text
    const [root = ''] = logical.split('/')
    // What a test runner or a bundler loads, it translates itself.
    const modules = root === 'server' ? server.package.modules.value : 'esm'
    return toJavaScript(text, path, modules) || null
  }
}

function isTypeScript({ language }: PackageProfile): boolean {
  return language.value === 'typescript'
}
