import type { HostEdit, StartCall } from '../../../features/contribution.js'
import { callOnStart } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile } from '../../../types.js'

/** The calls of what runs beside the server, where it starts to listen. */
export function startEdits(host: HostProfile, layout: Layout, starts: StartCall[]): HostEdit[] {
  const file = host.server.start
  return starts.map(({ module, name }) => ({
    file,
    apply: (text) => callOnStart(text ?? '', { name, from: layout.specifierOf(module, file) }),
  }))
}
