import type { Change, Conflict } from '../types.js'
import { contentHash } from './content-hash.js'
import { treeError, TreeRefusal } from './errors.js'
import type { HostEntry, HostFiles } from './host-files.js'
import { pathError } from './paths.js'
import type { Written } from './written.js'

interface Staged {
  content: string
  template: string | null
}

/**
 * The host as it will be: every change is made here first, and nothing is written. The host is
 * read once per path, so a change's `baseHash` is that of the content it was computed from.
 */
export class StagedTree {
  readonly #host: HostFiles
  readonly #base = new Map<string, HostEntry>()
  readonly #staged = new Map<string, Staged>()
  readonly #conflicts = new Map<string, string>()
  readonly #edited = new Set<string>()
  readonly #written: Written

  /** @param written what an earlier run wrote, so that edits of it are known as such */
  constructor(host: HostFiles, written: Written = new Map()) {
    this.#host = host
    this.#written = written
  }

  /**
   * The staged content, else the host's, with its byte order mark and line endings; null when
   * there is no such file. Throws `TreeRefusal` for what is not a UTF-8 file inside the root.
   */
  read(path: string): string | null {
    const staged = this.#staged.get(path)
    if (staged !== undefined) return staged.content
    const entry = this.#baseOf(path)
    if (entry.kind === 'blocked') throw new TreeRefusal(entry.error)
    return entry.kind === 'file' ? entry.content : null
  }

  /** What the host has at the path, whatever is staged; null when there is no such text file. */
  readHost(path: string): string | null {
    const entry = this.#baseOf(path)
    return entry.kind === 'file' ? entry.content : null
  }

  /** Whether the host has a file at the path, in whatever encoding. */
  hostHas(path: string): boolean {
    const entry = this.#baseOf(path)
    return entry.kind === 'file' || (entry.kind === 'blocked' && entry.error.code === 'not_utf8')
  }

  /**
   * Stages a file that is not there yet. Where the host has one with other content it becomes a
   * conflict, never an overwrite; where that was written by an earlier run as it is planned now, and
   * edited since, it stays. Throws `TreeRefusal` for a path that is not below the root.
   */
  create(path: string, content: string, options: { template?: string } = {}): void {
    const refused = pathError(path)
    if (refused !== null) throw new TreeRefusal(refused)
    const entry = this.#baseOf(path)
    const staged = this.#staged.get(path)
    const hash = contentHash(content)
    if (entry.kind === 'blocked') {
      this.#conflicts.set(path, entry.error.message)
    } else if (staged !== undefined && staged.content !== content) {
      this.#conflicts.set(path, `Two parts of the plan create ${path} with different content.`)
    } else if (entry.kind === 'file' && entry.hash !== hash) {
      if (this.#written.get(path)?.has(hash)) this.#edited.add(path)
      else this.#conflicts.set(path, `${path} exists with other content.`)
    } else {
      this.#staged.set(path, { content, template: options.template ?? null })
    }
  }

  /** Stages new content of a file that the host has or that was created here. */
  modify(path: string, content: string): void {
    if (this.read(path) === null) {
      const hint = 'Create the file instead.'
      throw new TreeRefusal(treeError('not_found', `${path} does not exist.`, hint, path))
    }
    this.#staged.set(path, { content, template: this.#staged.get(path)?.template ?? null })
  }

  /** What differs from the host, in the order it was staged first. */
  changes(): Change[] {
    return [...this.#staged].flatMap(([path, { content, template }]) => {
      const entry = this.#baseOf(path)
      const baseHash = entry.kind === 'file' ? entry.hash : null
      if (baseHash === contentHash(content) || this.#conflicts.has(path)) return []
      const action = baseHash === null ? 'create' : 'modify'
      const change: Change = { path, action, content, baseHash }
      return [template === null ? change : { ...change, template }]
    })
  }

  /** Files that were edited since an earlier run wrote them, in order. */
  edited(): string[] {
    return [...this.#edited]
  }

  /** Files that could not be staged without overwriting something, in order. */
  conflicts(): Conflict[] {
    return [...this.#conflicts].map(([path, reason]) => ({ path, reason }))
  }

  #baseOf(path: string): HostEntry {
    const known = this.#base.get(path)
    if (known !== undefined) return known
    const entry = this.#host.inspect(path)
    // What the system does not let be read is no finding about the host.
    if (entry.kind === 'blocked' && entry.error.code === 'io_failed') {
      throw new TreeRefusal(entry.error)
    }
    this.#base.set(path, entry)
    return entry
  }
}
