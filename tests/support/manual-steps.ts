import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManualStep } from '../../src/types.js'

/**
 * Does a step as its reason says: the import on top of the file, the statement above a line.
 *
 * @param above begins the line that the statement is to stand above
 */
export async function doByHand(
  host: string,
  { file, snippet }: ManualStep,
  above: string,
): Promise<void> {
  const path = join(host, file)
  const [imported = '', statement = ''] = snippet.split('\n\n')
  const lines = (await readFile(path, 'utf8')).split('\n')
  const at = lines.findIndex((line) => line.trim().startsWith(above))
  if (at === -1) throw new Error(`${file} has no line that begins with ${above}`)
  await writeFile(path, [`${imported};`, ...lines.toSpliced(at, 0, `${statement};`)].join('\n'))
}
