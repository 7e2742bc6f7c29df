import { posix } from 'node:path'
import type { ManualStep } from '../types.js'
import { askGit } from './ask-git.js'

/** A file that git leaves out of every commit, and the rule that says so. */
export interface IgnoredFile {
  path: string
  /** The file the rule stands in, relative to the root; absolute for the user's own. */
  source: string
  /** 1-based. */
  line: number
  rule: string
}

/**
 * Which of the files git would ignore: a colleague, CI and the server would not get them.
 *
 * @param paths relative to the root; none has to exist
 * @param tracked also those that git has all the same
 * @returns none as well where there is no git repository, or none that git can be asked about
 */
export async function ignoredFiles(
  root: string,
  paths: string[],
  { tracked = true } = {},
): Promise<IgnoredFile[]> {
  if (paths.length === 0) return []
  const args = ['check-ignore', '--verbose', '-z', ...(tracked ? ['--no-index'] : []), '--stdin']
  const answer = await askGit(root, args, [], paths.map((path) => `${path}\0`).join(''))
  const fields = answer?.split('\0') ?? []
  const found: IgnoredFile[] = []
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', line = '', rule = '', path = ''] = fields.slice(at, at + 4)
    // The last rule that fits decides, and this one takes the file in again.
    if (!rule.startsWith('!')) found.push({ path, source, line: Number(line), rule })
  }
  return found
}

/**
 * What lies below `root` and is left out of every commit: files, and folders with a slash behind
 * them whose whole content is. Git's own are not among them, whatever rule fits. Empty where there
 * is no git repository, and in a folder that another repository leaves out as a whole.
 */
export async function leftOut(root: string): Promise<ReadonlySet<string>> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']
  const paths = (await askGit(root, args))?.split('\0').filter((path) => path !== '') ?? []
  return new Set(paths.includes('./') ? [] : paths)
}

/**
 * What to write so that git takes in these files, and nothing else of what it ignores: one step for
 * each file of rules that has to be changed. None for what git has all the same.
 */
export async function stepsForIgnored(root: string, files: string[]): Promise<ManualStep[]> {
  const ignored = await ignoredFiles(root, files, { tracked: false })
  const folders = [...new Set(ignored.flatMap(({ path }) => foldersOf(path)))]
  const closed = new Set((await ignoredFiles(root, folders)).map(({ path }) => path))
  const targets = [...new Set(ignored.map(ruleFile))]
  return targets.map((file) => {
    const files = ignored.filter((each) => ruleFile(each) === file)
    return {
      file,
      snippet: exceptions(posix.dirname(file), files, closed),
      reason: reasonFor(files),
    }
  })
}

/**
 * Rules of a file further down outdo those of the root's, so that one has to be changed itself. The
 * root's outdo the user's own, and those of the folders above.
 */
function ruleFile({ source }: IgnoredFile): string {
  const isBelow = posix.basename(source) === '.gitignore' && !/^(\/|\.\.|[a-z]:)/i.test(source)
  return isBelow ? source : '.gitignore'
}

/** What is in an ignored folder cannot be taken in before the folder is, each level on its own. */
function exceptions(folder: string, files: IgnoredFile[], closed: Set<string>): string {
  const lines = files.flatMap(({ path }) => {
    const first = foldersOf(path).findIndex((each) => closed.has(each))
    const opened = first === -1 ? [] : foldersOf(path).slice(first)
    const below = (each: string): string => `/${posix.relative(folder, each)}`
    return [
      ...opened.flatMap((each) => [`!${below(each)}/`, `${below(each)}/*`]),
      `!${below(path)}`,
    ]
  })
  return [...new Set(lines)].join('\n')
}

function reasonFor(files: IgnoredFile[]): string {
  const rules = [...new Set(files.map(({ source, line, rule }) => `${rule} (${source}:${line})`))]
  const names = files.map(({ path }) => path).join(', ')
  return `git ignores ${names} by ${rules.join(', ')}: what is committed would not work without. Add these lines at the end of the file.`
}

/** 'a/b/c.ts' → ['a/', 'a/b/'], outermost first; git takes the ending for a folder's. */
function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_, index) => `${names.slice(0, index + 1).join('/')}/`)
}
