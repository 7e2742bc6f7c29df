import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { parseRequest } from '../../src/request/index.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { PRICING_REQUESTS } from '../support/pricing-requests.js'

const HOSTS = ['express-pg-react', 'javascript-commonjs', 'express4-session-tailwind']

describe.each(HOSTS)('what the documentation names in %s', (host) => {
  it.each(Object.entries(PRICING_REQUESTS))('is there: %s', async (_, { words }) => {
    const { tree, folders } = await planned(words, host)
    const isThere = (path: string): boolean => {
      const paths = [path, path.replace(/\.js$/, '.ts')].flatMap((each) =>
        /\.[jt]sx?$/.test(each)
          ? [each]
          : ['', '.ts', '.tsx', '.js', '.jsx'].map((end) => each + end),
      )
      return paths.some((each) => tree.read(each) !== null)
    }
    const pages = tree.changes().filter(({ path }) => path.startsWith('docs/'))
    expect(pages).not.toEqual([])
    for (const { path, content } of pages) {
      const named = [...content.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.[jt]sx?)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)))
      const imported = [...content.matchAll(/(?:from |require\()['"](\.[^'"]+)['"]/g)]
        .map(([, specifier = '']) => specifier)
        .filter((specifier) =>
          [...folders, ...folders.map((folder) => `${folder}/billing`)].every(
            (folder) => !isThere(posix.join(folder, specifier)),
          ),
        )
      expect({ path, missing: named.filter((file) => !isThere(file)), imported }).toEqual({
        path,
        missing: [],
        imported: [],
      })
    }
  })
})

async function planned(words: string, name: string) {
  const parsed = parseRequest(words)
  if (parsed.status !== 'ok') throw new Error(JSON.stringify(parsed.unclear))
  const root = new URL(`../../fixtures/hosts/${name}/`, import.meta.url).pathname
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  const { host } = detection
  const tree = new StagedTree(hostFiles(root))
  const now = Date.UTC(2026, 0, 5)
  await planIntegration({ spec: parsed.spec, host, assumptions: [], tree, now })
  const folders = [host.server.dir.value, host.client?.dir.value ?? '', host.tests.dir.value]
  return { tree, folders: folders.filter(Boolean) }
}
