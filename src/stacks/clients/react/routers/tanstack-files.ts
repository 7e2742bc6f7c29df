import type { HostEdit } from '../../../../features/contribution.js'
import { folderOf, joinPath } from '../../../../host/host-files.js'
import { addGeneratedRoutes, type FileRoute, type ReactRoute } from '../../../../patch/index.js'
import type { ClientRouter, FormatProfile, ManualStep } from '../../../../types.js'

/** A file for each page, and the pages in the tree that a tool makes of the files. */
export function routeFiles(
  router: ClientRouter,
  routes: (ReactRoute & { specifierFrom: (file: string) => string })[],
  format: FormatProfile,
): HostEdit[] {
  const folder = folderOf(router.file)
  const ending = router.file.slice(router.file.lastIndexOf('.'))
  const guard = Object.keys(router.guards)[0] ?? ''
  const added = routes.map((route) => {
    const within = route.access === 'protected' ? guard : ''
    const name = `${within}${route.path.slice(1)}`
    const id = `/${name.replaceAll('.', '/')}`
    return { ...route, id, name, file: joinPath(folder, `${name}${ending}`) }
  })
  const edits = added.map(({ file, id, component, path, specifierFrom }): HostEdit => ({
    file,
    apply: (text) => {
      if (text === null) {
        const content = pageFile(
          router.package,
          { id, component, from: specifierFrom(file) },
          format,
        )
        return Promise.resolve({ status: 'changed', content, anchor: 'own-file' })
      }
      if (text.includes(component)) return Promise.resolve({ status: 'unchanged' })
      const reason = `The client has another page at ${path}.`
      return Promise.resolve({ status: 'missed', code: 'path_taken', reason, snippet: component })
    },
  }))
  const { generated } = router
  if (generated === null) return edits
  const files: FileRoute[] = added.map(({ id, path, name }) => {
    const relative = folder.slice(folderOf(generated).length).replace(/^\//, '')
    return { id, path, from: `./${joinPath(relative, name)}` }
  })
  return [
    ...edits,
    { file: generated, apply: (text) => addGeneratedRoutes(text ?? '', { routes: files }) },
  ]
}

/** The compiler knows no page that the tree does not list, and a tool has yet to list them. */
export function treeToCome(
  { kind, generated }: ClientRouter,
  left: Pick<ManualStep, 'file'>[],
): string | null {
  if (kind !== 'tanstack-files') return null
  const isListed = generated !== null && !left.some(({ file }) => file === generated)
  if (isListed) return null
  const tree = generated ?? 'the tree of routes'
  return `Not checked: ${tree} lists the pages for the compiler, and is written by the development server or a build`
}

function pageFile(
  router: string,
  page: { id: string; component: string; from: string },
  { options }: FormatProfile,
): string {
  const quote = options['singleQuote'] === true ? "'" : '"'
  const end = options['semi'] === false ? '' : ';'
  const quoted = (text: string): string => quote + text + quote
  return [
    `import { createFileRoute } from ${quoted(router)}${end}`,
    `import { ${page.component} } from ${quoted(page.from)}${end}`,
    '',
    `export const Route = createFileRoute(${quoted(page.id)})({ component: ${page.component} })${end}`,
    '',
  ].join('\n')
}
