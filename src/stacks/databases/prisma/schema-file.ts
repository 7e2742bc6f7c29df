import type { DetectionContext } from '../../../host/context.js'
import { filesAnywhere } from '../../../host/database/files-anywhere.js'
import { folderOf, joinPath } from '../../../host/host-files.js'
import { isRecord } from '../../../host/manifest.js'
import type { Column, Schema, Table } from '../../../host/database/schema.js'

/** Below the server's package; elsewhere it is looked for. */
const USUAL = ['prisma/schema.prisma', 'prisma/schema', 'schema.prisma', 'src/prisma/schema.prisma']
const TYPES: Record<string, string> = { String: 'text', Int: 'integer', BigInt: 'bigint' }

export interface PrismaFile {
  path: string
  text: string
}

export interface Datasource {
  provider: string | null
  /** The variable of the connection string. */
  url: string | null
  file: string
  line: number
}

/** The files of Prisma's schema: one, or all of a folder. */
export function prismaFiles(context: DetectionContext): PrismaFile[] {
  const { files, manifest } = context
  const settings = manifest.json['prisma']
  const given =
    isRecord(settings) && typeof settings['schema'] === 'string' ? [settings['schema']] : []
  const commands = [...manifest.scripts.values()].join('\n')
  const named = [...commands.matchAll(/--schema[ =]["']?([\w./-]+)/g)].map(([, path = '']) => path)
  const known = [...given, ...named, ...configured(context), ...USUAL]
  for (const place of known.map((path) => context.path(path))) {
    if (files.isFile(place)) return [{ path: place, text: files.read(place) ?? '' }]
    const inFolder = filesBelow(context, place)
    if (inFolder.length > 0) return inFolder
  }
  const [found] = anywhere(context)
  return found === undefined ? [] : filesBelow(context, folderOf(found))
}

/** A package of its own often has it: 'packages/db/prisma/schema.prisma'. */
function anywhere({ files }: DetectionContext): string[] {
  return filesAnywhere(files, '.prisma').filter((path) =>
    /^\s*datasource\s/m.test(files.read(path) ?? ''),
  )
}

function filesBelow({ files }: DetectionContext, folder: string): PrismaFile[] {
  const folders = [folder, ...files.foldersIn(folder).map((name) => joinPath(folder, name))]
  return folders.flatMap((one) =>
    files
      .filesIn(one)
      .filter((name) => name.endsWith('.prisma'))
      .map((name) => joinPath(one, name))
      .map((path) => ({ path, text: files.read(path) ?? '' })),
  )
}

/** `schema: 'db/schema.prisma'` of prisma.config.ts */
function configured(context: DetectionContext): string[] {
  const text = configText(context)
  const given = /schema:\s*(?:path\.join\()?['"]([^'"]+)['"](?:,\s*['"]([^'"]+)['"])?/.exec(text)
  return given ? [joinPath(given[1] ?? '', given[2] ?? '')] : []
}

function configText(context: DetectionContext): string {
  const names = ['prisma.config.ts', 'prisma.config.js', 'prisma.config.mjs']
  const found = context.files.firstFile(names.map((name) => context.path(name)))
  return found === null ? '' : (context.files.read(found) ?? '')
}

export function datasourceOf(context: DetectionContext, files: PrismaFile[]): Datasource | null {
  for (const { path, text } of files) {
    const block = /^datasource\s+\w+\s*\{([^}]*)\}/m.exec(text)
    if (!block) continue
    const body = withoutComments(block[1] ?? '')
    const provider = /\bprovider\s*=\s*"([^"]+)"/.exec(body)?.[1] ?? null
    const inSchema = /\burl\s*=\s*env\(\s*"(\w+)"\s*\)/.exec(body)?.[1]
    // Prisma 7 has the address in its configuration.
    const inConfig =
      /\burl:\s*(?:env\(\s*['"](\w+)['"]\s*\)|process\.env\.(\w+)|process\.env\[['"](\w+)['"]\])/.exec(
        configText(context),
      )
    const url = inSchema ?? inConfig?.slice(1).find(Boolean) ?? null
    return { provider, url, file: path, line: text.slice(0, block.index).split('\n').length }
  }
  return null
}

/** The tables of the models. */
export function applyPrisma(schema: Schema, files: PrismaFile[]): void {
  for (const { path, text } of files) {
    for (const match of text.matchAll(/^model\s+(\w+)\s*\{([\s\S]*?)^\}/gm)) {
      const body = withoutComments(match[2] ?? '')
      const name = /@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(body)?.[1] ?? match[1] ?? ''
      const inSchema = /@@schema\(\s*"([^"]+)"/.exec(body)?.[1] ?? null
      const line = text.slice(0, match.index).split('\n').length
      const table: Table = {
        schema: inSchema === 'public' ? null : inSchema,
        name,
        columns: [],
        primaryKey: [],
        evidence: { file: path, line },
      }
      for (const field of body.split('\n')) addField(table, field)
      schema.create(table)
    }
  }
}

function addField(table: Table, line: string): void {
  const composite = /@@id\(\s*(?:fields:\s*)?\[([^\]]+)\]/.exec(line)
  if (composite)
    table.primaryKey.push(...(composite[1] ?? '').split(',').map((name) => name.trim()))
  const field = /^\s*(\w+)\s+(\w+)(\[\])?\??/.exec(line)
  const [, fieldName = '', fieldType = '', isList] = field ?? []
  if (!field || line.trim().startsWith('@@') || isList !== undefined || /@relation/.test(line))
    return
  const name = /@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(line)?.[1] ?? fieldName
  const native = /@db\.(\w+)/.exec(line)?.[1]
  const column: Column = { name, type: typeOf(fieldType, native) }
  table.columns.push(column)
  if (/\s@id\b/.test(line)) table.primaryKey.push(name)
}

function typeOf(fieldType: string, native: string | undefined): string {
  switch (native) {
    case 'Uuid':
      return 'uuid'
    case 'SmallInt':
      return 'smallint'
    case 'Citext':
      return 'citext'
    default:
      return TYPES[fieldType] ?? fieldType.toLowerCase()
  }
}

function withoutComments(text: string): string {
  return text.replace(/\/\/.*$/gm, '')
}
