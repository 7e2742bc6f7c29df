import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Node, Project } from 'ts-morph'
import { applyEdit, type Mutant } from './mutant.js'
import type { MutatedHost } from './mutated-host.js'

/** Which test files enter which functions of the generated code. */
export class Reach {
  readonly #tests: readonly string[]
  readonly #functions: ReadonlyMap<string, Span[]>
  readonly #entered: ReadonlyMap<string, ReadonlySet<string>>

  /**
   * Makes the host's generated code write down the functions that it enters while its tests run,
   * and puts it back.
   *
   * @param run the whole test suite, with the folder where each test file leaves its notes
   */
  static async record(
    host: MutatedHost,
    run: (folder: string) => Promise<unknown>,
  ): Promise<Reach> {
    const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-reach-'))
    const sources = new Map<string, string>()
    try {
      for (const file of host.sources) {
        const source = await readFile(join(host.root, file), 'utf8')
        sources.set(file, source)
        await writeFile(join(host.root, file), recording(file, source))
      }
      await run(folder)
      return new Reach(host.tests, sources, await notesIn(folder))
    } finally {
      for (const [file, source] of sources) await writeFile(join(host.root, file), source)
      await rm(folder, { recursive: true, force: true })
    }
  }

  private constructor(
    tests: readonly string[],
    sources: ReadonlyMap<string, string>,
    entered: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#tests = tests
    this.#functions = new Map([...sources].map(([file, source]) => [file, spansOf(source)]))
    this.#entered = entered
  }

  /** The test files that can notice a mutant: all, when it is in no function. */
  testsFor({ file, start, end }: Mutant): string[] {
    const around = (this.#functions.get(file) ?? [])
      .filter((span) => span.start <= start && end <= span.end)
      .sort((a, b) => b.start - a.start)[0]
    if (!around) return [...this.#tests]
    return this.#tests.filter((test) => this.#entered.get(test)?.has(idOf(file, around)))
  }
}

/** The functions that each test file has entered. */
async function notesIn(folder: string): Promise<Map<string, Set<string>>> {
  const notes = new Map<string, Set<string>>()
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8')
    notes.set(decodeURIComponent(name), new Set(text.split('\n')))
  }
  return notes
}

/** A function, and where its body can be preceded by a call. */
interface Span {
  start: number
  end: number
  body: { start: number; end: number; isBlock: boolean }
}

function idOf(file: string, { start }: Span): string {
  return `${file}#${start}`
}

const project = new Project({ useInMemoryFileSystem: true })

function spansOf(source: string): Span[] {
  const file = project.createSourceFile('reached.ts', source, { overwrite: true })
  return file.getDescendants().flatMap((node) => {
    const isFunction =
      Node.isFunctionDeclaration(node) ||
      Node.isMethodDeclaration(node) ||
      Node.isConstructorDeclaration(node) ||
      Node.isArrowFunction(node)
    const body = isFunction ? node.getBody() : undefined
    if (!body) return []
    const isBlock = Node.isBlock(body)
    return [
      {
        start: node.getStart(),
        end: node.getEnd(),
        body: { start: body.getStart(), end: body.getEnd(), isBlock },
      },
    ]
  })
}

function recording(file: string, source: string): string {
  const insertions = spansOf(source).flatMap((span) => {
    const call = `enter${MARK}(${JSON.stringify(idOf(file, span))})`
    const { start, end, isBlock } = span.body
    return isBlock
      ? [{ at: start + 1, text: `${call};` }]
      : [
          { at: start, text: `(${call}, ` },
          { at: end, text: ')' },
        ]
  })
  // From the back, so that the places of the rest stay.
  const text = insertions
    .sort((a, b) => b.at - a.at)
    .reduce((changed, { at, text }) => insert(changed, at, text), source)
  return text + RECORDER
}

function insert(source: string, at: number, replacement: string): string {
  return applyEdit(source, { operator: '', start: at, end: at, replacement })
}

const MARK = '__reach'

const RECORDER = `
import { appendFileSync as append${MARK} } from 'node:fs'
function enter${MARK}(id: string) {
  const entered: Set<string> = ((globalThis as any).entered${MARK} ??= new Set())
  const note = process.env.REACH_FILE
  if (!note || entered.has(note + id)) return
  entered.add(note + id)
  append${MARK}(note, id + '\\n')
}
`
