import type { HostEdit } from '../../../features/contribution.js'
import { mountRouter, mountWebhook, type MountEdit } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile, RouterMount } from '../../../types.js'

/** Webhooks first: the place of a router is found beside what is mounted already. */
export function mountEdits(host: HostProfile, layout: Layout, mounts: RouterMount[]): HostEdit[] {
  const { file } = host.server.app.value
  const webhooks = mounts.filter(({ kind }) => kind === 'webhook')
  const apis = mounts.filter(({ kind }) => kind === 'api')
  return [...webhooks, ...apis].map((mount) => {
    const edit = mountEdit(mount, host, layout)
    const apply = mount.kind === 'webhook' ? mountWebhook : mountRouter
    return { file, apply: (text) => apply(text ?? '', edit) }
  })
}

/** A mount with its import as the host's app file writes it. */
export function mountEdit(
  { path, module, name, kind }: RouterMount,
  host: HostProfile,
  layout: Layout,
): MountEdit {
  const { app, login } = host.server
  const { file, variable } = app.value
  return {
    path,
    name,
    from: layout.specifierOf(module, file),
    variable,
    ...(kind === 'api' && login && { login: login.value.middleware.name }),
  }
}
