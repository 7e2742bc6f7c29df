import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { templateData } from '../render/data.js'
import { formatterFor, type Formatter, type FormatWatch } from '../render/format.js'
import { translatorFor } from '../render/language/index.js'
import { layoutOf } from '../render/layout.js'
import { openLibrary } from '../render/library.js'
import type { HostEdit, HostStep, TrackedRoute } from '../features/contribution.js'
import { isSameCode } from '../render/same-code/index.js'
import type { StagedTree } from '../tree/staged-tree.js'
import type {
  Assumption,
  BillingSpec,
  Change,
  HostProfile,
  ManualStep,
  Plan,
  PlannedChange,
  RouterMount,
} from '../types.js'
import { contributionsTo, templatesOf, type OwnedContribution } from './contributions.js'
import { editManifests } from './edit-manifests.js'
import { migrationNames } from './migration-name.js'
import { finish } from './finish.js'
import { renderPart, type RenderedFile } from './render-part.js'

export interface PlanInput {
  spec: BillingSpec
  host: HostProfile
  assumptions: Assumption[]
  /** Which requests to the host are counted; none when nothing was said. */
  track?: readonly TrackedRoute[]
  /** Over the host's directory; holds all changes afterwards. */
  tree: StagedTree
  /** Epoch milliseconds, for the name of the migration. */
  now: number
}

export interface Planned {
  plan: Plan
  /** Paths of all files that the integration brings, also of those that are there by now. */
  files: string[]
  /**
   * The plan's changes with their contents. Formatting is more work than planning, and is needed
   * only when files are shown in full or written, so it is done here, once.
   */
  contents: (watch?: FormatWatch) => Promise<Change[]>
  /** Some of them: a few can be shown without formatting all. */
  contentsOf: (wanted: (change: PlannedChange) => boolean) => Promise<Change[]>
}

/** Everything that is to be done in the host, in order, computed without writing anything. */
export async function planIntegration(input: PlanInput): Promise<Planned> {
  const { spec, host, tree, track = [] } = input
  const data = templateData(spec, host)
  const { client, clientFormat } = host
  const inClient = client && clientFormat ? [{ dir: client.package.dir, format: clientFormat }] : []
  const format = formatterFor(host.format, inClient)
  const library = openLibrary()
  const parts = contributionsTo({ spec, host, track, data, layout: layoutOf(host) })
  const migrations = migrationsOf(parts, library.names())
  const names = migrationNames(host, migrations, migrationFiles(host), input.now)
  const layout = layoutOf(host, ...names)

  const hostHas = (path: string): boolean => tree.hostHas(path)
  const translate = await translatorFor(host, layout)
  const rendering = { library, data, layout, translate, hostHas }
  const files = parts.flatMap((part) => renderPart(part, rendering))
  await stageFiles(files, format, tree)
  const edits = parts.flatMap((part) => part.edits)
  const steps = parts.flatMap((part) => part.steps)
  const missed = await applyEdits(edits, tree)
  const manualSteps = [...missed.map(({ step }) => step), ...stepsLeft(steps, tree)]
  const byHand = new Set(missed.map(({ mount }) => mount))
  const scripts = Object.assign({}, ...parts.map((part) => part.scripts)) as Record<string, string>
  const manifest = editManifests(tree, host, parts, scripts)
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
    pages: parts.flatMap((part) => part.pages),
    mounts: parts
      .flatMap((part) => part.mounts)
      .map((mount) => ({ ...mount, byHand: byHand.has(mount) })),
    env: parts.flatMap((part) => part.env.map(({ name, comment }) => ({ name, comment }))),
    manualSteps,
    assumptions: [...input.assumptions, ...parts.flatMap((part) => part.assumptions)],
    conflicts,
    nextSteps: parts.flatMap((part) => part.nextSteps),
  }
  const rendered = new Set(files.map(({ path }) => path))
  const edited = new Set(edits.map(({ file }) => file))
  const finished = (some: Change[], watch?: FormatWatch): Promise<Change[]> =>
    finish(some, { rendered, edited, tree, format, watch })
  let settled: Promise<Change[]> | null = null
  const contents = (watch?: FormatWatch): Promise<Change[]> => (settled ??= finished(drafts, watch))
  const contentsOf: Planned['contentsOf'] = async (wanted) => {
    const isAll = drafts.every(wanted)
    return settled || isAll ? (await contents()).filter(wanted) : finished(drafts.filter(wanted))
  }
  return { plan, files: broughtFiles(plan, rendered), contents, contentsOf }
}

function broughtFiles({ changes, host, env }: Plan, rendered: ReadonlySet<string>): string[] {
  const created = changes.flatMap(({ action, path }) => (action === 'create' ? [path] : []))
  return [...new Set([...rendered, ...created, ...(env.length > 0 ? [host.env.exampleFile] : [])])]
}

/**
 * What the host has already is compared with what it would be, and so as it would be written. In a
 * style of its own, as its linter leaves it, it is the same.
 */
async function stageFiles(
  files: RenderedFile[],
  format: Formatter,
  tree: StagedTree,
): Promise<void> {
  const known = files.filter(({ path }) => tree.hostHas(path))
  const formatted = await format(known)
  for (const file of files) {
    const text = formatted.get(file) ?? file.text
    const there = tree.readHost(file.path)
    if (there !== null && (await isSameCode(file.path, text, there))) continue
    tree.create(file.path, text, { template: file.template })
  }
}

interface MissedEdit {
  step: ManualStep
  /** The router that is not mounted. */
  mount: RouterMount | undefined
}

/** @returns what is left to do by hand */
async function applyEdits(edits: HostEdit[], tree: StagedTree): Promise<MissedEdit[]> {
  const missed: MissedEdit[] = []
  for (const edit of edits) {
    const { file, mount } = edit
    const before = tree.read(file)
    const result = await edit.apply(before)
    if (result.status === 'missed') {
      const { snippet, reason } = result
      missed.push({ step: { file, snippet, reason }, mount })
    } else if (result.status === 'changed') {
      if (before === null) tree.create(file, result.content)
      else tree.modify(file, result.content)
    }
  }
  return missed
}

function stepsLeft(steps: HostStep[], tree: StagedTree): ManualStep[] {
  return steps
    .filter((step) => step.isDone?.(tree.read(step.file)) !== true)
    .map(({ file, snippet, reason }) => ({ file, snippet, reason }))
}

/** What the parts want of migrations, without a number, in the order in which they are to run. */
function migrationsOf(parts: OwnedContribution[], names: string[]): string[] {
  const folder = 'migrations/'
  return parts
    .flatMap((part) => templatesOf(part, names))
    .filter(({ logical }) => logical.startsWith(folder))
    .map(({ logical }) => logical.slice(folder.length))
}

function migrationFiles(host: HostProfile): string[] {
  try {
    return readdirSync(join(host.root, host.database.migrations.value.dir))
  } catch {
    return []
  }
}
