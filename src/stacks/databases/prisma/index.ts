import { ofVariable } from '../../../host/database/connection/options.js'
import type { DetectionContext } from '../../../host/context.js'
import { ENV_EXAMPLES } from '../../../host/env-examples.js'
import { stackOver } from '../layer.js'
import { applyPrisma, datasourceOf, prismaFiles } from './schema-file.js'

/**
 * Prisma's models and its connection stand in its schema. `prisma migrate dev` takes tables that no
 * migration of its own made for drift, and offers to reset the database; it only looks at the
 * PostgreSQL schemas that it was given.
 */
export const prisma = stackOver({
  name: 'prisma',
  label: 'Prisma',
  packages: ['@prisma/client', 'prisma', '@prisma/adapter-pg'],
  onlyPostgres: false,
  ownsSchema: true,
  connection(context) {
    const datasource = datasourceOf(context, prismaFiles(context))
    if (!datasource) return null
    const { provider, url, file, line } = datasource
    return {
      options: url === null ? null : ofVariable(url),
      evidence: { file, line },
      dialect: provider,
      schema: schemaInUrl(context, url),
    }
  },
  tables: (schema, context) => applyPrisma(schema, prismaFiles(context)),
})

/** Prisma takes the schema of its tables from the address: `…/notes?schema=app`. */
function schemaInUrl(context: DetectionContext, url: string | null): string | null {
  const examples = [...ENV_EXAMPLES.map((name) => context.path(name)), ...ENV_EXAMPLES]
  const text = examples.map((path) => context.files.read(path) ?? '').join('\n')
  const given = new RegExp(`^${url}=.*[?&]schema=(\\w+)`, 'm').exec(text)?.[1]
  return given === undefined || given === 'public' ? null : given
}
