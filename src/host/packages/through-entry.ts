import type { Found, HostProfile } from '../../types.js'
import type { DetectionContext } from '../context.js'

interface Module {
  file: string
  name: string
  default: boolean
}

/** The profile with all that billing imports of the host as the server's own code imports it. */
export function asImported(server: DetectionContext, host: HostProfile): HostProfile {
  const through = <Kind extends Module>(module: Kind): Kind => throughEntry(server, module)
  const { login, logger, mailer } = host.server
  const { connection } = host.database
  return {
    ...host,
    server: {
      ...host.server,
      login: changed(login, (value) => {
        const { middleware } = value
        const isFile = middleware !== null && !middleware.package
        return isFile ? { ...value, middleware: through(middleware) } : value
      }),
      logger: changed(logger, (value) => ({ ...value, module: through(value.module) })),
      mailer: changed(mailer, (value) => ({ ...value, module: through(value.module) })),
    },
    database: { ...host.database, connection: changed(connection, through) },
  }
}

function changed<Value>(
  found: Found<Value> | null,
  change: (value: Value) => Value,
): Found<Value> | null {
  return found && { ...found, value: change(found.value) }
}

/**
 * What another package of the host exports, as the server's code imports it: from that package's
 * entry, by the package's name. What the entry does not export stays as it is.
 *
 * @param server the host, seen from the server's package
 */
function throughEntry<Kind extends Module>(server: DetectionContext, module: Kind): Kind {
  const { packages, files, sources, manifest } = server
  const owner = packages.of(module.file)
  if (owner === null || owner === manifest || owner.name === null) return module
  const entry = packages.sourceOf(files, owner.name)
  if (entry === null || entry === module.file) return module
  const exported = sources.exportedFrom(entry, module.default ? 'default' : module.name)
  const isSame = exported?.kind === 'local' && exported.file === module.file
  return isSame ? { ...module, file: entry } : module
}
