import type { ClientProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import type { Manifest } from '../../host/manifest.js'
import { react } from './react/index.js'
import type { ClientStack } from './stack.js'

/** A new front end framework is one line here. */
export const clientStacks: readonly ClientStack[] = [react]

/** Frameworks that are recognised only to say that they are not supported. */
const NOT_SUPPORTED: Record<string, string> = {
  next: 'Next.js',
  '@remix-run/react': 'Remix',
  '@react-router/dev': "React Router's framework mode",
  gatsby: 'Gatsby',
  vue: 'Vue',
  nuxt: 'Nuxt',
  svelte: 'Svelte',
  '@sveltejs/kit': 'SvelteKit',
  '@angular/core': 'Angular',
  'solid-js': 'Solid',
  preact: 'Preact',
  astro: 'Astro',
}
const WITHOUT = 'none'
const SERVER_ONLY = 'Billing can be added to the server alone: --client none.'

/** The package has a front end, of whichever framework, that runs in a browser. */
export function isFrontEnd(manifest: Manifest): boolean {
  if (manifest.has('expo') || manifest.has('react-native')) return false
  const names = [...clientStacks.map((stack) => stack.package), ...Object.keys(NOT_SUPPORTED)]
  return names.some((name) => manifest.has(name))
}

/** The framework of a package's front end, where that is one that cannot be worked on. */
export function otherFrontEnd(manifest: Manifest): string | null {
  const name = Object.keys(NOT_SUPPORTED).find((one) => manifest.has(one))
  return name === undefined ? null : (NOT_SUPPORTED[name] ?? null)
}

/** The front end of a package; null when it has none, or when it was reported why it cannot be used. */
export function detectClient(context: DetectionContext): ClientProfile | null {
  const { manifest, overrides } = context
  const wanted = overrides.client
  if (wanted === WITHOUT) return null
  if (wanted !== undefined) {
    const stack = clientStacks.find(({ name }) => name === wanted)
    return stack ? stack.detect(context) : notAStack(context, wanted)
  }
  const other = Object.keys(NOT_SUPPORTED).find((name) => manifest.has(name))
  if (other !== undefined) return notSupported(context, other)
  const stack = clientStacks.find((candidate) => manifest.has(candidate.package))
  return stack ? stack.detect(context) : null
}

function notAStack(context: DetectionContext, wanted: string): null {
  return context.report({
    code: 'client_not_supported',
    message: `${wanted} is not a front end framework that is supported.`,
    hint: `--client takes ${[...clientStacks.map(({ name }) => name), WITHOUT].join(', ')}.`,
    evidence: [],
    flag: '--client',
    choices: [...clientStacks.map(({ name }) => name), WITHOUT],
  })
}

function notSupported(context: DetectionContext, name: string): null {
  return context.report({
    code: 'client_not_supported',
    message: `${NOT_SUPPORTED[name]} front ends are not supported yet.`,
    hint: SERVER_ONLY,
    evidence: [context.manifest.evidence(name)],
    flag: '--client',
    choices: [WITHOUT],
  })
}
