import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = [
  'createContext',
  'createElement',
  'useCallback',
  'useContext',
  'useEffect',
  'useState',
]

/** Lets modules of a generated front end load below a folder, without React: none of it is called. */
export function standInReact(root: string): void {
  const folder = join(root, 'node_modules', 'react')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"name":"react","type":"module","main":"index.js"}')
  const code = NAMES.map((name) => `export const ${name} = () => undefined\n`).join('')
  writeFileSync(join(folder, 'index.js'), code)
}
