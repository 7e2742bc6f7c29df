import type { HostEdit } from '../../../features/contribution.js'
import { mountRouter, mountWebhook, type MountEdit, type Setup } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { AppSetup, HostProfile, RouterMount } from '../../../types.js'

/** Webhooks first: the place of a router is found beside what is mounted already. */
export function mountEdits(host: HostProfile, layout: Layout, mounts: RouterMount[]): HostEdit[] {
  const webhooks = mounts.filter(({ kind }) => kind === 'webhook')
  const apis = mounts.filter(({ kind }) => kind === 'api')
  const apart = webhooks.map(({ name }) => name)
  return [...webhooks, ...apis].map((mount) => {
    const { file, edit } = mountEdit(mount, host, layout)
    const apply =
      mount.kind === 'webhook'
        ? (text: string) => mountWebhook(text, edit)
        : (text: string) => mountRouter(text, { ...edit, apart })
    return { file, mount, apply: (text) => apply(text ?? '') }
  })
}

/**
 * A mount as the host's file writes it. A webhook stands where the app is made, before everything;
 * a router of the API where the host mounts its own.
 */
export function mountEdit(
  { path, module, name, kind }: RouterMount,
  host: HostProfile,
  layout: Layout,
): { file: string; edit: MountEdit } {
  const { app, api, login } = host.server
  if (kind === 'webhook') {
    const { file, variable } = app.value
    return { file, edit: { path, name, from: layout.specifierOf(module, file), variable } }
  }
  const { file, variable, setup } = api
  const edit: MountEdit = {
    path,
    name,
    from: layout.specifierOf(module, file),
    variable,
    setups: api.setups.map(knownSetup),
    ...(setup !== null && { setup }),
    ...(login?.value.middleware && { login: login.value.middleware.name }),
  }
  return { file, edit }
}

const EVENTS: Record<AppSetup['mounts'][number]['kind'], Setup['mounts'][number]['kind']> = {
  'body-parser': 'body-parser',
  middleware: 'middleware',
  login: 'gate',
  router: 'router',
  route: 'route',
  static: 'static',
  'catch-all': 'catch-all',
  'error-handler': 'error-handler',
  unknown: 'delegated',
}

function knownSetup({ mounts, ...setup }: AppSetup): Setup {
  return { ...setup, mounts: mounts.map((mount) => ({ ...mount, kind: EVENTS[mount.kind] })) }
}
