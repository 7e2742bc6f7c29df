import { posix } from 'node:path'
import type { HostProfile, PackageProfile } from '../../types.js'
import type { Layout } from '../layout.js'
import { SDK_TYPES, toCompilable } from './typescript.js'

/**
 * Turns what a template gave, which is TypeScript, into what the host's package is written in; null
 * where there was nothing but types.
 *
 * @param logical path of the template
 */
export type Translate = (text: string, path: string, logical: string) => string | null

/** What is made for the host's own code to call. */
const FOR_THE_HOST = /^(server\/(middleware|services\/usage\.)|client\/(components|hooks)\/)/

/** A component that takes props. */
const PROPS = /^(?:export )?(?:default )?function [A-Z]\w*\(\s*[\w{]/m
const WITHOUT_PROP_TYPES = '/* eslint-disable react/prop-types */'

/** TypeScript is only made compilable: its compiler makes CommonJS where the host has that. */
export async function translatorFor(
  { server, client }: HostProfile,
  layout: Layout,
): Promise<Translate> {
  const packages = [server.package, ...(client ? [client.package] : [])]
  const javascript = packages.every(isTypeScript) ? null : await import('./javascript.js')
  const inJavaScript = (side: PackageProfile | undefined): PackageProfile | null =>
    side && !isTypeScript(side) ? side : null
  const sides = {
    server: inJavaScript(server.package),
    client: inJavaScript(client?.package),
    clientDir: client?.dir.value ?? null,
  }
  return (text, path, logical) => {
    const [root = ''] = logical.split('/')
    const { compiler } = server.package
    if (javascript && path.endsWith('.md')) return javascript.docsIn(text, sides)
    if (javascript && /\.[cm]?jsx?$/.test(path)) {
      const typed = FOR_THE_HOST.test(logical) ? javascript.withJsDoc(text, path) : text
      // What a test runner or a bundler loads, it translates itself.
      const written =
        root === 'server'
          ? javascript.toNodeModule(typed, path, server.package)
          : javascript.toEsModule(typed, path)
      const hasProps = path.endsWith('.jsx') && client?.propTypes === true && PROPS.test(written)
      return (hasProps ? `${WITHOUT_PROP_TYPES}\n\n${written}` : written) || null
    }
    if (compiler === null || root !== 'server' || !path.endsWith('.ts')) return text
    const types = posix.relative(posix.dirname(path), layout.pathOf(SDK_TYPES))
    return toCompilable(text, compiler, types.startsWith('.') ? types : `./${types}`)
  }
}

function isTypeScript({ language }: PackageProfile): boolean {
  return language.value === 'typescript'
}
