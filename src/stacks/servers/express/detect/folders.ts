import type { DetectionContext } from '../../../../host/context.js'
import { joinPath } from '../../../../host/host-files.js'
import type { ServerFolders } from '../../../../types.js'

/** How hosts spell the folders of the templates; the first is taken where there is none of them. */
const SPELLINGS: Record<keyof ServerFolders, string[]> = {
  config: ['config', 'configs'],
  controllers: ['controllers', 'controller'],
  middleware: ['middleware', 'middlewares'],
  models: ['models', 'model'],
  routes: ['routes', 'route', 'routers', 'router'],
  scripts: ['scripts', 'script'],
  services: ['services', 'service'],
  webhooks: ['webhooks', 'webhook'],
}

/** What the host calls its folders: no `controllers/` beside its `controller/` or `Controllers/`. */
export function serverFolders({ files }: DetectionContext, dir: string): ServerFolders {
  const present = files.foldersIn(joinPath(dir))
  const spelled = ([name, spellings]: [string, string[]]): [string, string] => {
    const found = spellings.flatMap((each) => [
      ...present.filter((folder) => folder === each),
      ...present.filter((folder) => folder.toLowerCase() === each),
    ])
    return [name, found[0] ?? name]
  }
  return Object.fromEntries(Object.entries(SPELLINGS).map(spelled)) as unknown as ServerFolders
}
