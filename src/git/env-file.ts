import type { Warning } from '../types.js'
import { askGit } from './ask-git.js'
import { ignoredFiles } from './ignored.js'

/**
 * What to know before a secret is put into the file: that git keeps it, or would with the next
 * `git add`. Null where git ignores it, and outside of a repository.
 *
 * @param file relative to the root; it need not exist
 */
export async function envFileWarning(root: string, file: string): Promise<Warning | null> {
  const tracked = await askGit(root, ['ls-files', '-z', '--', file])
  if (tracked === null) return null
  if (tracked !== '') {
    return {
      code: 'env_file_tracked',
      message: `${file} is committed to git: a secret that is put there is published with it.`,
      hint: `Take it out first: git rm --cached ${file}, and add it to .gitignore.`,
    }
  }
  const [ignored] = await ignoredFiles(root, [file])
  if (ignored) return null
  return {
    code: 'env_file_not_ignored',
    message: `git does not ignore ${file}: the next commit could take its secrets along.`,
    hint: `Add ${file} to .gitignore.`,
  }
}
