import type { Contribution, ContributionInput } from '../features/contribution.js'
import { features } from '../features/registry.js'
import { logicalPathOf } from '../render/engine.js'
import { stackOf } from '../stacks/registry.js'

export interface OwnedContribution extends Contribution {
  /** The folder under `templates/` that its templates lie in. */
  owner: string
}

/** What all features and stacks that apply add, in the order of their registries. */
export function contributionsTo(input: ContributionInput): OwnedContribution[] {
  const { spec, host, data } = input
  const capabilities = features
    .filter((feature) => feature.appliesTo(spec))
    .map((feature) => complete(`features/${feature.name}`, feature.contribute(input)))
    .map((part) => (host.client ? part : withoutClient(part)))
  const mounts = capabilities.flatMap((part) => part.mounts)
  const starts = capabilities.flatMap((part) => part.starts)
  const tracking = capabilities.flatMap((part) => part.tracking)
  const routes = capabilities.flatMap((part) => part.routes)
  const stacks = [
    stackOf('servers', host.server.stack.value),
    stackOf('databases', host.database.stack.value),
    ...(host.client ? [stackOf('clients', host.client.stack.value)] : []),
    ...(data.chart && capabilities.some(({ draws }) => draws)
      ? [stackOf('charts', data.chart.library)]
      : []),
    stackOf('tests', host.tests.runner.value),
  ].map((stack) =>
    complete(
      `stacks/${stack.kind}/${stack.templates ?? stack.name}`,
      stack.contribute({ ...input, mounts, starts, tracking, routes }),
    ),
  )
  return [...capabilities, ...stacks]
}

/** A template that a part wants, with its logical path. */
export interface WantedTemplate {
  template: string
  logical: string
}

/** @param names of all templates */
export function templatesOf(part: OwnedContribution, names: string[]): WantedTemplate[] {
  return names
    .filter((name) => name.startsWith(`${part.owner}/`))
    .map((template) => ({ template, logical: logicalPathOf(template) }))
    .filter(({ logical }) => part.wants(logical))
}

/** What a capability shows has no place in a host without a front end. */
function withoutClient(part: OwnedContribution): OwnedContribution {
  return {
    ...part,
    wants: (logical) => !logical.startsWith('client/') && part.wants(logical),
  }
}

function complete(owner: string, given: Partial<Contribution>): OwnedContribution {
  return {
    owner,
    wants: () => true,
    handedOver: [],
    packages: { dependencies: {}, devDependencies: {} },
    anyVersion: [],
    bundled: [],
    frontEnd: null,
    draws: false,
    scripts: {},
    env: [],
    tables: [],
    routes: [],
    pages: [],
    mounts: [],
    starts: [],
    tracking: [],
    edits: [],
    steps: [],
    assumptions: [],
    nextSteps: [],
    ...given,
  }
}
