import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { templateData } from '../render/data.js'
import { formatterFor, type Formatter } from '../render/format.js'
import { layoutOf } from '../render/layout.js'
import { openLibrary } from '../render/library.js'
import { withPackages } from '../packages/package-json.js'
import type { StagedTree } from '../tree/staged-tree.js'
import type {
  Assumption,
  BillingSpec,
  Change,
  Conflict,
  HostProfile,
  ManualStep,
  Packages,
  Plan,
} from '../types.js'
import { contributionsTo, type OwnedContribution } from './contributions.js'
import { addedPackages } from './added-packages.js'
import { migrationNames } from './migration-name.js'
import { renderPart } from './render-part.js'
import { wantedPackages } from './wanted-packages.js'

export interface PlanInput {
  spec: BillingSpec
  host: HostProfile
  assumptions: Assumption[]
  /** Over the host's directory; holds all changes afterwards. */
  tree: StagedTree
  /** Epoch milliseconds, for the name of the migration. */
  now: number
}

export interface Planned {
  plan: Plan
  /**
   * The plan's changes with their contents. Formatting is most of the work of planning, and new
   * files need it only when they are shown in full or written, so it is done here, once.
   */
  contents: () => Promise<Change[]>
}

/** Everything that is to be done in the host, in order, computed without writing anything. */
export async function planIntegration(input: PlanInput): Promise<Planned> {
  const { spec, host, tree } = input
  const data = templateData(spec, host)
  const layout = layoutOf(host, ...migrationNames(host, migrationFiles(host), input.now))
  const format = formatterFor(host.format)
  const parts = contributionsTo({ spec, host, data, layout })

  const rendering = { library: openLibrary(), data, layout, format, tree }
  const unformatted = new Set<string>()
  for (const part of parts) {
    for (const path of await renderPart(part, rendering)) unformatted.add(path)
  }
  const manualSteps: ManualStep[] = []
  for (const part of parts) manualSteps.push(...(await editHost(part, format, tree)))
  const scripts = Object.assign({}, ...parts.map((part) => part.scripts)) as Record<string, string>
  const manifest = editManifest(tree, parts, scripts)
  const conflicts = [...tree.conflicts(), ...manifest.conflicts]

  const drafts = tree.changes()
  const plan: Plan = {
    spec,
    host,
    changes: drafts.map(({ content: _, ...change }) => change),
    packages: manifest.added,
    scripts,
    tables: parts.flatMap((part) => part.tables),
    routes: parts.flatMap((part) => part.routes),
    env: parts.flatMap((part) => part.env.map(({ name, comment }) => ({ name, comment }))),
    manualSteps,
    assumptions: input.assumptions,
    conflicts,
  }
  let settled: Promise<Change[]> | null = null
  const contents = (): Promise<Change[]> => (settled ??= formatAll(drafts, unformatted, format))
  return { plan, contents }
}

async function formatAll(
  drafts: Change[],
  unformatted: Set<string>,
  format: Formatter,
): Promise<Change[]> {
  const changes: Change[] = []
  for (const draft of drafts) {
    const { path, content } = draft
    changes.push(unformatted.has(path) ? { ...draft, content: await format(path, content) } : draft)
  }
  return changes
}

async function editHost(
  part: OwnedContribution,
  format: Formatter,
  tree: StagedTree,
): Promise<ManualStep[]> {
  const missed: ManualStep[] = []
  for (const edit of part.edits) {
    const before = tree.read(edit.file)
    const result = await edit.apply(before)
    if (result.status === 'missed') {
      missed.push({ file: edit.file, snippet: result.snippet, reason: result.reason })
    } else if (result.status === 'changed' && before === null) {
      tree.create(edit.file, result.content)
    } else if (result.status === 'changed') {
      tree.modify(edit.file, await formatLikeBefore(edit.file, before, result.content, format))
    }
  }
  return missed
}

/** A file that was formatted stays formatted; in any other only the edit's own bytes change. */
async function formatLikeBefore(
  path: string,
  before: string | null,
  after: string,
  format: Formatter,
): Promise<string> {
  if (before === null || (await format(path, before)) !== before) return after
  return format(path, after)
}

function editManifest(
  tree: StagedTree,
  parts: OwnedContribution[],
  scripts: Record<string, string>,
): { conflicts: Conflict[]; added: Packages } {
  const before = tree.read('package.json') ?? '{}'
  const { content, conflicts } = withPackages(before, wantedPackages(parts, before), scripts)
  if (content !== before) tree.modify('package.json', content)
  return { conflicts, added: addedPackages(before, content) }
}

function migrationFiles(host: HostProfile): string[] {
  try {
    return readdirSync(join(host.root, host.database.migrations.value.dir))
  } catch {
    return []
  }
}
