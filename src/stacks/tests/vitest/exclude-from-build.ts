import { posix } from 'node:path'
import type { HostEdit } from '../../../features/contribution.js'
import { excludeFromTsconfig } from '../../../patch/index.js'
import type { TestsProfile } from '../../../types.js'

/** Has the host's build leave billing's tests out, where it would take them in. */
export function excludeFromBuild({ apart, dir }: TestsProfile): HostEdit[] {
  return (apart?.compiledBy ?? []).map((file) => ({
    file,
    apply: (text) =>
      excludeFromTsconfig(text ?? '', posix.relative(posix.dirname(file), dir.value)),
  }))
}
