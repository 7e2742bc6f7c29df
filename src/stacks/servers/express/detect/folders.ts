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

/** An index that reads its folder takes whatever lies there for the host's own. */
const READS_FOLDER = /\b(readdir(Sync)?|glob(Sync)?|globby|requireDir(ectory)?|requireAll)\b/
const INDEXES = ['ts', 'mts', 'js', 'mjs', 'cjs'].map((ending) => `index.${ending}`)

/**
 * What the host calls its folders: no `controllers/` beside its `controller/` or `Controllers/`.
 * Where one is loaded as a whole, as `models/` is by Sequelize's index, ours is billing's own.
 */
export function serverFolders({ files, manifest }: DetectionContext, dir: string): ServerFolders {
  const present = files.foldersIn(joinPath(dir))
  const folderOf = (name: string, spellings: string[]): string => {
    const found = spellings.flatMap((each) => [
      ...present.filter((folder) => folder === each),
      ...present.filter((folder) => folder.toLowerCase() === each),
    ])
    const folder = found[0] ?? name
    const isTaken = name === 'models' && manifest.has('sequelize-typescript')
    return isTaken || isLoadedWhole(joinPath(dir, folder)) ? `billing/${name}` : folder
  }
  const isLoadedWhole = (folder: string): boolean => {
    const index = files.firstFile(INDEXES.map((name) => joinPath(folder, name)))
    return index !== null && READS_FOLDER.test(files.read(index) ?? '')
  }
  const entries = Object.entries(SPELLINGS).map(([name, spellings]) => [
    name,
    folderOf(name, spellings),
  ])
  return Object.fromEntries(entries) as ServerFolders
}
