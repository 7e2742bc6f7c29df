import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import type { HostProfile } from '../../src/types.js'
import { billingSpec, paid } from './profiles.js'

/**
 * Renders one feature's files for a host into a folder that is removed after the test.
 *
 * @param logical paths of the files below the feature's folder
 * @param own the host's own files
 * @param spec what is sold; one plan when it is not given
 */
export function rendered(
  host: HostProfile,
  feature: string,
  logical: string[],
  own: Record<string, string> = {},
  spec = billingSpec([paid('Pro', 2_900)]),
): (path: string) => string {
  const root = mkdtempSync(join(tmpdir(), 'rendered-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const library = openLibrary()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const data = templateData(spec, host)
  for (const file of logical) {
    const path = layout.pathOf(file)
    write(path, renderTemplate(library, `features/${feature}/${file}`, data, layout, path))
  }
  for (const [path, text] of Object.entries(own)) write(path, text)
  return (path) => join(root, path)
}
