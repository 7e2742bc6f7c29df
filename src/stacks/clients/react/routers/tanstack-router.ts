import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import { folderOf, joinPath } from '../../../../host/host-files.js'
import type { ClientRouter } from '../../../../types.js'
import type { RouterStack, SeenRoutes } from './router.js'

/** TanStack Router: a tree of routes put together in code, or a file for each route. */
export const tanstackRouter: RouterStack = {
  packages: ['@tanstack/react-router'],
  mentions: /\.addChildren\(|createRouter\(|routeTree/,
  routesIn: (context, file) => treeIn(context, file),
}

function treeIn(context: DetectionContext, file: string): SeenRoutes | null {
  const { sources } = context
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return null
  const generated = [...(sources.index(file)?.imports.values() ?? [])].find(({ specifier }) =>
    /routeTree(\.gen)?$/.test(specifier.replace(/\.[jt]sx?$/, '')),
  )
  const files = generated ? filesOf(context, file, generated.specifier) : null
  if (files) return files
  let found: ts.Node | null = null
  sources.walk(source, (node) => {
    if (ts.isCallExpression(node) && /\.addChildren$/.test(node.expression.getText()))
      found ??= node
  })
  return found && { kind: 'tanstack', file, node: found }
}

/** A file for each page, below the folder of the root's. */
function filesOf(context: DetectionContext, file: string, specifier: string): SeenRoutes | null {
  const { sources, files } = context
  const tree = sources.resolve(file, specifier)
  const root = tree === null ? null : rootIn(context, tree)
  const folders = [folderOf(file), folderOf(folderOf(file))].map((each) => joinPath(each, 'routes'))
  const usual = folders.flatMap((folder) =>
    ['tsx', 'jsx'].map((ending) => joinPath(folder, `__root.${ending}`)),
  )
  const found = root ?? files.firstFile(usual)
  const node = sources.parse(file)?.statements[0]
  if (found === null || !node) return null
  const guards = guardedFiles(context, folderOf(found))
  return { kind: 'tanstack-files', file: found, node, seenIn: file, generated: tree, guards }
}

function rootIn({ sources }: DetectionContext, tree: string): string | null {
  const found = [...(sources.index(tree)?.imports.values() ?? [])].find(({ specifier }) =>
    specifier.endsWith('/__root'),
  )
  return found ? sources.resolve(tree, found.specifier) : null
}

const LOGIN = /redirect\([\s\S]{0,80}?(log-?in|sign-?in|auth)/i

/** Layouts without a path whose `beforeLoad` sends away who is not signed in. */
function guardedFiles({ files }: DetectionContext, folder: string): ClientRouter['guards'] {
  const layouts = [
    ...files.filesIn(folder).map((name) => ({ name, file: joinPath(folder, name) })),
    ...files.foldersIn(folder).flatMap((name) => {
      const file = files.firstFile(
        ['route.tsx', 'route.jsx'].map((each) => joinPath(folder, name, each)),
      )
      return file === null ? [] : [{ name: `${name}.tsx`, file }]
    }),
  ]
  for (const { name, file } of layouts) {
    const layout = /^(_[\w-]+)\.[jt]sx$/.exec(name)?.[1]
    const text = layout === undefined || layout === '__root' ? '' : (files.read(file) ?? '')
    if (!/\bbeforeLoad\b/.test(text) || !LOGIN.test(text) || /admin|role/i.test(text)) continue
    const isFolder = files.isFolder(joinPath(folder, layout ?? ''))
    return { [`${layout}${isFolder ? '/' : '.'}`]: 'guarded' }
  }
  return {}
}
