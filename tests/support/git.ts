import { execa } from 'execa'

/** Runs git in a folder, as somebody who may commit. */
export function gitIn(folder: string) {
  const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']
  return (...args: string[]) => execa('git', [...who, ...args], { cwd: folder })
}

/** Makes a repository of a folder, with all that is in it committed. */
export async function commitAll(folder: string): Promise<void> {
  const git = gitIn(folder)
  await git('init', '--quiet')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'Start')
}
