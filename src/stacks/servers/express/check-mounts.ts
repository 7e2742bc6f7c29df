import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkMountOrder, type OrderFinding } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { Check, HostProfile } from '../../../types.js'
import { mountsOf } from './mounts.js'

/** Reads the changed app file: the webhook before every parser, the router before every end. */
export async function checkMounts(host: HostProfile, layout: Layout): Promise<Check> {
  const { file, variable } = host.server.app.value
  const { webhook, billing, usage } = mountsOf(host, layout)
  const content = await readFile(join(host.root, file), 'utf8')
  const routers = content.includes(usage.from) ? [billing, usage] : [billing]
  const order = await checkMountOrder(content, { webhook, routers, variable })
  const wrong = [order.webhook, ...order.routers]
    .filter((finding): finding is OrderFinding => finding !== null)
    .filter((finding) => finding.status !== 'passed')
  const details = wrong.flatMap(({ path, status, details: sentences }) =>
    sentences.length > 0 ? sentences : [`${path} is ${status}`],
  )
  return { status: wrong.length === 0 ? 'passed' : 'failed', details }
}
