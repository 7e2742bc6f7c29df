import { Volume } from 'memfs'
import { describe, expect, it } from 'vitest'
import type { OwnedContribution } from '../../src/plan/contributions.js'
import { renderPart } from '../../src/plan/render-part.js'
import type { TemplateLibrary } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { hostFiles, type ReadableFs } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { hostProfile } from '../support/profiles.js'

/** Into TypeScript. */
const translate = (text: string) => text

const MADE = 'export const handlers = {}\n'

const library: TemplateLibrary = {
  engine: { registerHelper: () => undefined },
  names: () => ['features/told/server/told/handlers.ts', 'features/told/server/told/tell.ts'],
  template: () => () => MADE,
}

const part: OwnedContribution = {
  owner: 'features/told',
  wants: () => true,
  handedOver: ['server/told/handlers.ts'],
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
}

/** Which files are made for a host that has these already. */
function madeOver(files: Record<string, string | Buffer>) {
  const volume = Volume.fromJSON({ '/host/package.json': '{}' })
  for (const [path, content] of Object.entries(files)) {
    volume.mkdirSync('/host/server/told', { recursive: true })
    volume.writeFileSync(`/host/${path}`, content)
  }
  const tree = new StagedTree(hostFiles('/host', volume as unknown as ReadableFs))
  const layout = layoutOf(hostProfile(), '1_add-billing-tables.sql')
  const hostHas = (path: string) => tree.hostHas(path)
  return renderPart(part, { library, data: {}, layout, translate, hostHas }).map(({ path }) => path)
}

describe('a file that is made for the host’s own code', () => {
  it('is made where there is none', () => {
    expect(madeOver({})).toEqual(['server/told/handlers.ts', 'server/told/tell.ts'])
  })

  it.each([
    ['as it was made', MADE],
    ['edited', 'export const handlers = { paid: () => thank() }\n'],
    ['empty', ''],
    ['in another encoding', Buffer.from([0x2f, 0x2f, 0xe9])],
  ])('is its owner’s once it is there: %s', (_, content) => {
    const kept = { 'server/told/handlers.ts': content, 'server/told/tell.ts': MADE }
    expect(madeOver(kept)).toEqual(['server/told/tell.ts'])
  })
})

describe('a part', () => {
  it('never gives code that reads otherwise than it is', () => {
    const trojan = { ...library, template: () => () => 'const isPaid = true /*\u202e } */\n' }
    const layout = layoutOf(hostProfile(), '1_add-billing-tables.sql')
    const rendering = { library: trojan, data: {}, layout, translate, hostHas: () => false }
    expect(() => renderPart(part, rendering)).toThrow('text with U+202E in it')
  })
})
