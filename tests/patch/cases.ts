import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import prettier, { type Options } from 'prettier'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import type { EditResult } from '../../src/patch/index.js'

const ROOT = join(import.meta.dirname, '../../fixtures/patches')

/** A folder of fixtures/patches: an input, what an edit is asked, and what it comes to. */
export interface Case<Edit> {
  name: string
  input: string
  /** Null when nothing may change. */
  expected: string | null
  edit: Edit
  anchor?: string
  code?: string
  status: EditResult['status']
  extension: string
}

export function readCases<Edit>(kind: string): Case<Edit>[] {
  const folder = join(ROOT, kind)
  return readdirSync(folder).map((name) => {
    const files = readdirSync(join(folder, name))
    const read = (start: string): string | null => {
      const file = files.find((each) => each.startsWith(start))
      return file === undefined ? null : readFileSync(join(folder, name, file), 'utf8')
    }
    const facts = JSON.parse(read('case.json') ?? '{}') as Pick<
      Case<Edit>,
      'edit' | 'anchor' | 'code' | 'status'
    >
    const extension =
      files
        .find((each) => each.startsWith('input'))
        ?.split('.')
        .at(-1) ?? ''
    return { name, input: read('input') ?? '', expected: read('expected'), extension, ...facts }
  })
}

/**
 * Registers the tests of a kind: what each case expects, and what holds for every edit.
 *
 * @param options.inserted what the edit adds to lines that are there
 * @param options.wrapping what it puts around lines, which it indents
 */
export function testCases<Edit>(
  kind: string,
  apply: (input: string, edit: Edit) => EditResult | Promise<EditResult>,
  options: { inserted?: RegExp; wrapping?: RegExp } = {},
): void {
  describe.each(readCases<Edit>(kind))(`${kind}: $name`, (each) => {
    it(`is ${each.status}`, async () => {
      const result = await apply(each.input, each.edit)
      expect(result.status).toBe(each.status)
      if (result.status === 'changed') {
        expect(result.content).toBe(each.expected)
        expect(result.anchor).toBe(each.anchor)
      }
      if (result.status === 'missed') {
        expect(result.code).toBe(each.code)
        expect(result.reason).not.toBe('')
        expect(result.snippet).not.toBe('')
      }
    })

    if (each.status !== 'changed') return

    it('is unchanged the second time', async () => {
      expect((await apply(each.expected ?? '', each.edit)).status).toBe('unchanged')
    })

    it('leaves the input when the inserted lines are taken away', () => {
      if (options.wrapping) {
        const bare = (text: string | null) =>
          text?.replace(options.wrapping ?? '', '').replace(/[\s()]/g, '')
        expect(bare(each.expected)).toBe(bare(each.input))
        return
      }
      const output = options.inserted ? without(options.inserted, each) : (each.expected ?? '')
      expect(withoutInsertedLines(each.input, output)).toBe(each.input)
    })

    it('writes no line ending of another kind', () => {
      if (!each.input.includes('\r\n')) expect(each.expected).not.toContain('\r')
      else expect((each.expected ?? '').replaceAll('\r\n', '')).not.toContain('\n')
    })

    if (!/^[jt]sx?$/.test(each.extension)) return

    it('still parses', () => {
      expect(syntaxErrors(each.expected ?? '', each.extension)).toEqual([])
    })

    it('is formatted where the input was', async () => {
      const settings = await settingsOf(each.input)
      if (settings) expect(await format(each.expected ?? '', settings)).toBe(each.expected)
    })
  })
}

/** The output without a text, in lines that the input has without it. */
function without(inserted: RegExp, { input, expected }: Pick<Case<unknown>, 'input' | 'expected'>) {
  const known = input.split(/\r?\n/)
  return (expected ?? '')
    .split(/(?<=\n)/)
    .map((line) => {
      const bare = line.replace(inserted, '')
      return known.includes(bare.replace(/\r?\n$/, '')) ? bare : line
    })
    .join('')
}

/** Keeps of the output only the lines the input has, in order, each with its own ending. */
function withoutInsertedLines(input: string, output: string): string {
  const lines = (text: string) => text.split(/(?<=\n)/)
  const bare = (line: string) => line.replace(/\r?\n$/, '')
  const theirs = lines(input)
  const kept: string[] = []
  for (const line of lines(output)) {
    const next = theirs[kept.length]
    if (next === undefined || bare(next) !== bare(line)) continue
    // The input's last line may have had no ending before lines were put below it.
    const isLast = kept.length === theirs.length - 1
    kept.push(isLast && !next.endsWith('\n') ? bare(line) : line)
  }
  return kept.join('')
}

const CHOICES: Options[] = [true, false].flatMap((semi) =>
  [true, false].flatMap((singleQuote) =>
    ([80, 100] as const).flatMap((printWidth) =>
      (['all', 'none'] as const).map((trailingComma) => {
        return { semi, singleQuote, printWidth, trailingComma, endOfLine: 'auto' as const }
      }),
    ),
  ),
)

/** The Prettier settings the text was formatted with; undefined when it was not. */
async function settingsOf(text: string): Promise<Options | undefined> {
  const common = { useTabs: text.includes('\t'), bracketSpacing: !/\{\w+\}/.test(text) }
  for (const choice of CHOICES) {
    const settings = { ...choice, ...common }
    if ((await format(text, settings)) === text) return settings
  }
  return undefined
}

async function format(text: string, settings: Options): Promise<string> {
  return prettier.format(text, { ...settings, parser: 'babel-ts' }).catch(() => '')
}

function syntaxErrors(text: string, extension: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: `host.${extension}`,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.Latest, allowJs: true },
  })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
