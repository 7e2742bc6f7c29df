import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkMountOrder, type OrderFinding } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { Check, HostProfile, RouterMount } from '../../../types.js'
import { mountEdit } from './mounts.js'

/** Reads the changed app file: webhooks before every parser, routers before every end. */
export async function checkMounts(
  host: HostProfile,
  layout: Layout,
  mounts: RouterMount[],
): Promise<Check> {
  const findings: (OrderFinding | null)[] = []
  for (const mount of mounts) {
    const { file, edit } = mountEdit(mount, host, layout)
    const content = await readFile(join(host.root, file), 'utf8')
    const wanted = mount.kind === 'webhook' ? { webhook: edit } : { routers: [edit] }
    const { webhook, routers } = await checkMountOrder(content, { ...edit, ...wanted })
    findings.push(webhook, ...routers)
  }
  const wrong = findings.filter(
    (finding): finding is OrderFinding => finding !== null && finding.status !== 'passed',
  )
  const details = wrong.flatMap(({ path, status, details: sentences }) =>
    sentences.length > 0 ? sentences : [`${path} is ${status}`],
  )
  return { status: wrong.length === 0 ? 'passed' : 'failed', details }
}
