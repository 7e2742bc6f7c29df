import type { DetectionContext } from '../../host/context.js'
import type { Manifest } from '../../host/manifest.js'
import { express } from './express/index.js'
import type { DetectedServer, ServerStack } from './stack.js'

/** A new server framework is one line here. */
export const serverStacks: readonly ServerStack[] = [express]

/** Frameworks that are recognised only to say that they are not supported. */
const NOT_SUPPORTED: Record<string, string> = {
  '@nestjs/core': 'NestJS',
  '@tsed/common': 'Ts.ED',
  '@tsed/platform-express': 'Ts.ED',
  fastify: 'Fastify',
  koa: 'Koa',
  hono: 'Hono',
  '@hapi/hapi': 'hapi',
  next: 'Next.js',
  '@remix-run/node': 'Remix',
  '@adonisjs/core': 'AdonisJS',
}

/** Those of them that make the Express app themselves, so that express stands in package.json too. */
const OVER_EXPRESS = ['@nestjs/core', '@tsed/common', '@tsed/platform-express']

/** The package depends on a server framework that can be worked on. */
export function isServer(manifest: Manifest): boolean {
  return serverStacks.some((stack) => manifest.has(stack.package))
}

/**
 * How plainly the package is a server of a framework that cannot be worked on, the lowest first;
 * null when it is none.
 */
export function otherServerRank(manifest: Manifest): number | null {
  const rank = Object.keys(NOT_SUPPORTED).findIndex((name) => manifest.has(name))
  return rank === -1 ? null : rank
}

export function detectServer(context: DetectionContext): DetectedServer | null {
  const { manifest, overrides } = context
  const wanted = overrides.server
  if (wanted !== undefined) {
    const stack = serverStacks.find(({ name }) => name === wanted)
    return stack ? stack.detect(context) : notAStack(context, wanted)
  }
  const other = Object.keys(NOT_SUPPORTED).find((name) => manifest.has(name))
  const stack = serverStacks.find((candidate) => manifest.has(candidate.package))
  const isHidden = OVER_EXPRESS.some((name) => manifest.has(name))
  if (stack && !isHidden) return stack.detect(context)
  return other === undefined ? nothingFound(context) : notSupported(context, other)
}

function notAStack(context: DetectionContext, wanted: string): null {
  return context.report({
    code: 'server_not_supported',
    message: `${wanted} is not a server framework that is supported.`,
    hint: `--server takes ${serverStacks.map(({ name }) => name).join(', ')}.`,
    evidence: [],
    flag: '--server',
    choices: serverStacks.map(({ name }) => name),
  })
}

function notSupported(context: DetectionContext, name: string): null {
  return context.report({
    code: 'server_not_supported',
    message: `${NOT_SUPPORTED[name]} servers are not supported yet.`,
    hint: 'Only Express can be worked on so far.',
    evidence: [context.manifest.evidence(name)],
  })
}

function nothingFound(context: DetectionContext): null {
  return context.report({
    code: 'no_server',
    message: `No Express server was found: ${whose(context)} express.`,
    hint: "Run it in the root of the server's repository.",
    evidence: [{ file: context.manifest.path, line: 1 }],
  })
}

function whose({ packages }: DetectionContext): string {
  const [one, ...others] = packages.manifests.map(({ path }) => path)
  return others.length === 0
    ? `${one ?? 'package.json'} does not depend on`
    : 'no package.json of the repository depends on'
}
