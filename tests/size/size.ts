/**
 * What the command adds to a host, in files, lines and test cases by kind. With --check it fails
 * where more is added than a person can review.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logicalPathOf } from '../../src/render/engine.js'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { hostCopy, runCli } from '../support/host-copy.js'
import { casesIn } from './cases.js'

const KINDS = ['server', 'client', 'tests', 'docs', 'migrations'] as const
type Kind = (typeof KINDS)[number]

interface Size {
  files: number
  lines: number
  cases: number
}

interface Ceiling {
  kinds: Kind[]
  files?: number
  lines: number
  /** At least so many. */
  cases?: number
  /** What the ceiling is to come down to. */
  aim?: { files?: number; lines: number }
}

interface Request {
  name: string
  words: string
  ceilings: Ceiling[]
}

const REQUESTS: Request[] = [
  {
    name: 'three tiers',
    words: '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)',
    ceilings: [
      { kinds: ['server'], files: 30, lines: 5_250, aim: { lines: 4_400 } },
      { kinds: ['client'], files: 18, lines: 2_240, aim: { lines: 2_000 } },
      { kinds: ['tests'], files: 18, lines: 3_240, cases: 89 },
      { kinds: [...KINDS], files: 70, lines: 11_380, aim: { lines: 10_500 } },
    ],
  },
  {
    name: 'usage',
    words: '$49/mo base + $0.01 per API call over 10k',
    ceilings: [
      { kinds: ['server', 'tests'], lines: 10_760, aim: { lines: 10_500 } },
      { kinds: [...KINDS], lines: 14_960, aim: { lines: 14_500 } },
    ],
  },
  {
    name: 'one course',
    words: 'sell course for $299 one-time payment',
    ceilings: [
      { kinds: ['server', 'tests'], lines: 5_460, aim: { lines: 5_000 } },
      { kinds: [...KINDS], lines: 7_300, aim: { lines: 6_500 } },
    ],
  },
]

const over: string[] = []
const aims: string[] = []
for (const { name, words, ceilings } of REQUESTS) {
  const sizes = await sizesOf(words)
  console.log(`\n${name}`)
  const total = sumOf(sizes, [...KINDS])
  for (const kind of KINDS) console.log(row(kind, sizes[kind]))
  console.log(row('all', total))
  over.push(...ceilings.flatMap((ceiling) => beyond(name, ceiling, sumOf(sizes, ceiling.kinds))))
  for (const { kinds, aim } of ceilings) {
    if (!aim) continue
    const missed = beyond(name, { kinds, ...aim }, sumOf(sizes, kinds))
    aims.push(...missed.map((one) => `aim missed: ${one}`))
  }
}
console.log(`\n${aims.join('\n')}`)
if (over.length > 0) console.log(`\n${over.join('\n')}`)
if (process.argv.includes('--check') && over.length > 0) process.exitCode = 1

async function sizesOf(words: string): Promise<Record<Kind, Size>> {
  const host = await hostCopy({ packages: false })
  try {
    const run = await runCli(host, [words, '--yes', '--no-install', '--no-verify', '--json'])
    const { changes } = run.events().at(-1) as unknown as Result
    const sizes = Object.fromEntries(
      KINDS.map((kind) => [kind, { files: 0, lines: 0, cases: 0 }]),
    ) as Record<Kind, Size>
    for (const { path, template } of changes) {
      if (template === undefined) continue
      const kind = logicalPathOf(template).split('/')[0] as Kind
      const text = await readFile(join(host, path), 'utf8')
      sizes[kind].files += 1
      sizes[kind].lines += text.split('\n').length - 1
      if (/\.test\.ts$/.test(path)) sizes[kind].cases += casesIn(text)
    }
    return sizes
  } finally {
    await discard(host)
  }
}

function sumOf(sizes: Record<Kind, Size>, kinds: Kind[]): Size {
  const sum = { files: 0, lines: 0, cases: 0 }
  for (const kind of kinds) {
    sum.files += sizes[kind].files
    sum.lines += sizes[kind].lines
    sum.cases += sizes[kind].cases
  }
  return sum
}

function row(kind: string, { files, lines, cases }: Size): string {
  const tested = cases > 0 ? `${String(cases).padStart(7)} cases` : ''
  return `  ${kind.padEnd(11)}${String(files).padStart(5)} files${String(lines).padStart(8)} lines${tested}`
}

function beyond(name: string, ceiling: Ceiling, { files, lines, cases }: Size): string[] {
  const what = `${name}, ${ceiling.kinds.join(' and ')}`
  const found: string[] = []
  if (ceiling.files !== undefined && files > ceiling.files) {
    found.push(`${what}: ${files} files, at most ${ceiling.files}`)
  }
  if (lines > ceiling.lines) found.push(`${what}: ${lines} lines, at most ${ceiling.lines}`)
  if (ceiling.cases !== undefined && cases < ceiling.cases) {
    found.push(`${what}: ${cases} cases, at least ${ceiling.cases}`)
  }
  return found
}
