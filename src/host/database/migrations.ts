import type { Evidence, Found, Migrations } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { sourceOf } from '../entry-points.js'
import { joinPath } from '../host-files.js'
import { isOwnMigration, isOwnModule } from '../own-files.js'

/** Where migrations usually are: below the server's package, then below the root of all. */
export const MIGRATION_FOLDERS = [
  'migrations',
  'db/migrations',
  'database/migrations',
  'server/migrations',
  'server/db/migrations',
  'server/database/migrations',
  'src/server/db/migrations',
  'src/migrations',
  'src/db/migrations',
  'src/database/migrations',
  'backend/migrations',
  'api/migrations',
  'data/migrations',
  'sql/migrations',
]
/** Tools with migrations of a form of their own, which a file of ours would not have. */
const OTHER_TOOLS: Record<string, string> = {
  dbmate: 'dbmate',
  'db-migrate': 'db-migrate',
  'graphile-migrate': 'graphile-migrate',
  postgrator: 'postgrator',
  'postgrator-cli': 'postgrator',
  umzug: 'Umzug',
  flyway: 'Flyway',
  'node-flywaydb': 'Flyway',
  sqitch: 'sqitch',
  prisma: 'Prisma',
  'drizzle-kit': 'Drizzle Kit',
  knex: 'Knex',
  sequelize: 'Sequelize',
  'sequelize-cli': 'Sequelize',
  typeorm: 'TypeORM',
  'mikro-orm': 'MikroORM',
}
const OTHER_COMMANDS =
  /\b(dbmate|db-migrate|graphile-migrate|postgrator|umzug|flyway|sqitch|prisma|drizzle-kit|knex|sequelize|sequelize-cli|typeorm|typeorm-ts-node-\w+|mikro-orm)\b/
const OWN_FOLDER = 'migrations'
const OWN_SCRIPT = 'migrate'
const BILLING_SCRIPT = 'migrate:billing'
/** Where the folder that we would take is an ORM's, whose tools read all that is in it. */
const OWN_FOLDER_BESIDE = 'billing-migrations'

/**
 * How the host changes its schema, and where a migration of ours belongs.
 *
 * @param ownsSchema the host's ORM has a tool of its own, which runs no other files
 */
export function detectMigrations(
  context: DetectionContext,
  serverDir: string,
  { ownsSchema = false } = {},
): Found<Migrations> {
  const { manifest } = context
  const script = migrateScript(context)
  const command = script === null ? '' : (manifest.scripts.get(script) ?? '')
  const other = otherTool(context, command)
  const isForeign = ownsSchema || other !== null
  const dir = isForeign ? null : migrationsFolder(context, script, serverDir)
  const files = dir === null ? [] : migrationFiles(context, dir)
  const tool = dir === null ? 'none' : toolOf(context, dir, files, script)
  if (dir !== null && tool !== 'none') {
    const first = { file: joinPath(dir, files[0] ?? ''), line: 1 }
    const evidence: Evidence[] = script === null ? [first] : [first, manifest.evidence(script)]
    return { value: { tool, dir, script, run: OWN_SCRIPT, files }, source: 'detected', evidence }
  }
  const waiting = isForeign ? null : waitingTool(context, script)
  if (waiting !== null) return waiting
  const own = ownFolder(context)
  const run = ownRun(context)
  return context.assume(
    'host.database.migrations',
    { tool: 'none', dir: own, script: null, run, files: [] },
    `billing's own in ${own}, run by ${run}`,
    other === null
      ? 'no tool was found that runs migrations of plain SQL'
      : `${other} runs migrations of its own form; billing's are run beside them`,
  )
}

/** The tool that runs the host's migrations, where it takes no plain SQL files. */
function otherTool(context: DetectionContext, command: string): string | null {
  const called = OTHER_COMMANDS.exec(command)?.[1]
  if (called !== undefined)
    return OTHER_TOOLS[called] ?? (/typeorm/.test(called) ? 'TypeORM' : called)
  // A script that names none runs what the host has written: that may be a library of these.
  const runners = [
    'dbmate',
    'db-migrate',
    'graphile-migrate',
    'postgrator',
    'postgrator-cli',
    'umzug',
    'flyway',
    'node-flywaydb',
    'sqitch',
  ]
  const runner = runners.find((name) => context.manifest.has(name))
  return runner === undefined ? null : (OTHER_TOOLS[runner] ?? runner)
}

/** Files that are there are run by hand, or by something else: ours must not be among them. */
function ownFolder(context: DetectionContext): string {
  const folder = context.path(OWN_FOLDER)
  if (context.files.foldersIn(folder).some((name) => name !== 'billing')) {
    return context.path(OWN_FOLDER_BESIDE)
  }
  const others = context.files.filesIn(folder).filter((name) => !isOwnMigration(name))
  return others.length > 0 ? joinPath(folder, 'billing') : folder
}

/** `migrate`, unless that is a script of the host's for something else. */
function ownRun(context: DetectionContext): string {
  const command = context.manifest.scripts.get('migrate')
  return command === undefined || isOwnCommand(context, command) ? OWN_SCRIPT : BILLING_SCRIPT
}

/** The command of a script that this tool wrote. */
function isOwnCommand(context: DetectionContext, command: string): boolean {
  if (sourcesOf(context, command).some(isOwnModule)) return true
  const folder = command.includes('node-pg-migrate') ? folderIn(context, command) : null
  return (
    folder !== null &&
    context.files.filesIn(folder).some(isOwnMigration) &&
    migrationFiles(context, folder).length === 0
  )
}

/**
 * The host's tool, by its script alone, where nothing has been made with it yet: the folder is
 * empty, or made with the first migration.
 */
function waitingTool(context: DetectionContext, script: string | null): Found<Migrations> | null {
  if (script === null) return null
  const command = context.manifest.scripts.get(script) ?? ''
  const isPgMigrate = command.includes('node-pg-migrate')
  const dir = isPgMigrate ? folderIn(context, command) : folderOfRunner(context, command)
  if (dir === null || context.files.isMade(dir) || migrationFiles(context, dir).length > 0)
    return null
  if (!isPgMigrate && runsWhatItNames(context, command)) return null
  const tool = isPgMigrate ? 'node-pg-migrate' : 'sql-runner'
  return {
    value: { tool, dir, script, run: OWN_SCRIPT, files: [] },
    source: 'detected',
    evidence: [context.manifest.evidence(script)],
  }
}

/** The one folder that a script of the host's own reads SQL files from. */
function folderOfRunner(context: DetectionContext, command: string): string | null {
  const readsSql = sourcesOf(context, command).some((source) =>
    /\.sql\b/.test(context.files.read(source) ?? ''),
  )
  const folders = readsSql
    ? foldersNamedBy(context, command).filter(
        (folder) => !context.files.isMade(folder) && context.files.isFolder(folder),
      )
    : []
  return folders.length === 1 ? (folders[0] ?? null) : null
}

/** The files whose SQL makes the host's tables, in the order in which they are run. */
export function migrationPaths(context: DetectionContext, serverDir: string): string[] {
  const dir = migrationsFolder(context, migrateScript(context), serverDir)
  return dir === null ? [] : migrationFiles(context, dir).map((name) => joinPath(dir, name))
}

function migrateScript(context: DetectionContext): string | null {
  const { manifest } = context
  const names = [...manifest.scripts]
    .filter(
      ([name, command]) =>
        name !== BILLING_SCRIPT && !sourcesOf(context, command).some(isOwnModule),
    )
    .map(([name]) => name)
  const preferred = ['migrate', 'migrate:up', 'db:migrate', 'db:migrate:up', 'migrations:run']
  const script =
    preferred.find((name) => names.includes(name)) ??
    names.find((name) => /migrat/i.test(name) && !/down|create|new|undo|rollback/i.test(name))
  if (script === undefined) return null
  // A script that only calls another one is a second name for it.
  const called = /^npm (?:run |run-script )?([\w:.-]+)$/.exec(
    manifest.scripts.get(script) ?? '',
  )?.[1]
  return called !== undefined && manifest.scripts.has(called) ? called : script
}

function migrationsFolder(
  context: DetectionContext,
  script: string | null,
  serverDir: string,
): string | null {
  const { manifest, files } = context
  const commands = script === null ? [] : [manifest.scripts.get(script) ?? '']
  const folders = [
    ...commands.flatMap((command) => folderIn(context, command) ?? []),
    ...commands.flatMap((command) => foldersNamedBy(context, command)),
    ...MIGRATION_FOLDERS.map((folder) => context.path(folder)),
    ...MIGRATION_FOLDERS,
    joinPath(serverDir, 'migrations'),
    joinPath(serverDir, 'db/migrations'),
  ]
  // A build copies migrations into its own folder, which git ignores.
  return (
    folders.find(
      (folder) =>
        !files.isMade(folder) &&
        files.isFolder(folder) &&
        migrationFiles(context, folder).length > 0,
    ) ?? null
  )
}

/** The folder that node-pg-migrate and its like work on, as a command tells them. */
function folderIn(context: DetectionContext, command: string): string | null {
  const given = /(?:--migrations-dir|-m|--dir)[ =]["']?([\w./-]+)/.exec(command)?.[1]
  if (given !== undefined) return context.path(given)
  return command.includes('node-pg-migrate') ? context.path('migrations') : null
}

/** Folders that the script's own source names: `readdir('db/migrations')`. */
function foldersNamedBy(context: DetectionContext, command: string): string[] {
  return sourcesOf(context, command).flatMap((path) => {
    const literals = (context.files.read(path) ?? '').match(/['"`][\w./-]{1,80}['"`]/g) ?? []
    return literals
      .map((literal) => literal.slice(1, -1))
      .filter((text) => /sql|migrat/i.test(text))
      .flatMap((text) => [context.path(text), joinPath(path, '..', text)])
      .filter((folder) => !folder.startsWith('..'))
  })
}

function sourcesOf(context: DetectionContext, command: string): string[] {
  const words = command.split(/[\s"']+/)
  return words
    .filter((word) => /\.[cm]?[jt]s$/.test(word))
    .map((word) => sourceOf(context, word) ?? context.path(word))
}

function migrationFiles({ files }: DetectionContext, folder: string): string[] {
  return files.filesIn(folder).filter((name) => isMigration(name) && !isOwnMigration(name))
}

function isMigration(name: string): boolean {
  if (name.startsWith('.') || /\.d\.ts$|\.(down|undo)\.sql$/.test(name)) return false
  return name.endsWith('.sql') || /^\d.*\.[cm]?[jt]s$/.test(name)
}

/**
 * By what the files look like and which folder the script works on, since package and script may
 * be there because this tool added them: node-pg-migrate numbers its files with a time, and marks
 * where the way back begins.
 */
function toolOf(
  context: DetectionContext,
  folder: string,
  names: string[],
  script: string | null,
): Migrations['tool'] {
  const command = script === null ? '' : (context.manifest.scripts.get(script) ?? '')
  const usesPackage = context.manifest.has('node-pg-migrate')
  const looksLikeIt = names.every((name) => {
    if (/^\d{13}(\d{4})?[_-]/.test(name)) return true
    const text = context.files.read(joinPath(folder, name)) ?? ''
    return /^[ \t]*--[ \t-]*up[ \t]+migration/im.test(text) || text.includes('node-pg-migrate')
  })
  const isHosts = command.includes('node-pg-migrate') && folderIn(context, command) === folder
  if (usesPackage && (looksLikeIt || isHosts)) return 'node-pg-migrate'
  const isSql = names.some((name) => name.endsWith('.sql'))
  if (!isSql || command === '' || command.includes('node-pg-migrate')) return 'none'
  return runsWhatItNames(context, command) ? 'none' : 'sql-runner'
}

/** A script that names its files runs these and no others: `psql -f init.sql`, or in its source. */
function runsWhatItNames(context: DetectionContext, command: string): boolean {
  const sources = sourcesOf(context, command).map((path) => context.files.read(path) ?? '')
  const names =
    /\w\.sql(?=["'\s]|$)/.test(command) || sources.some((text) => /\w\.sql["'`]/.test(text))
  const lists = [command, ...sources].some((text) => /\breaddir|\bopendir|glob|\*\.sql/i.test(text))
  return names && !lists
}
