import type { Evidence } from '../types.js'
import { folderOf } from './host-files.js'
import { lineOfText } from './text.js'

/** A package.json of the host, as far as it is what it should be. */
export class Manifest {
  /** Folder of the package: 'server', '' for the root. */
  readonly dir: string
  readonly name: string | null
  readonly type: string | null
  readonly packageManager: string | null
  readonly main: string | null
  readonly scripts: Map<string, string>
  readonly #packages: Map<string, string>

  constructor(
    readonly text: string,
    readonly json: Record<string, unknown>,
    /** Where it lies: 'server/package.json'. */
    readonly path = 'package.json',
  ) {
    this.dir = folderOf(path)
    this.name = stringOf(json['name'])
    this.type = stringOf(json['type'])
    this.packageManager = stringOf(json['packageManager'])
    this.main = stringOf(json['main'])
    this.scripts = stringsOf(json['scripts'])
    this.#packages = new Map([
      ...stringsOf(json['devDependencies']),
      ...stringsOf(json['dependencies']),
    ])
  }

  has(name: string): boolean {
    return this.#packages.has(name)
  }

  /** The version range a package is asked for with. */
  rangeOf(name: string): string | null {
    return this.#packages.get(name) ?? null
  }

  packagesMatching(pattern: RegExp): string[] {
    return [...this.#packages.keys()].filter((name) => pattern.test(name))
  }

  /** Where a key stands in package.json; line 1 when it is not there. */
  evidence(key: string): Evidence {
    return { file: this.path, line: lineOfText(this.text, `${JSON.stringify(key)}:`) ?? 1 }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function stringsOf(value: unknown): Map<string, string> {
  if (!isRecord(value)) return new Map()
  return new Map(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}
