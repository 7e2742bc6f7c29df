import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** What only Polar gives, by the variables that it belongs into. */
const OF_POLAR = /^POLAR_(ACCESS_TOKEN|WEBHOOK_SECRET|PRODUCT_ID_\w+)$/

/** Makes the copy's .env of its example, as a developer does on the first day. */
export async function writeSettings(folder: string, values: Record<string, string>): Promise<void> {
  const example = await readFile(join(folder, '.env.example'), 'utf8')
  const lines = example.split('\n').map((line) => {
    const name = /^(\w+)=/.exec(line)?.[1] ?? ''
    return name in values ? `${name}=${values[name]}` : line
  })
  await writeFile(join(folder, '.env'), lines.join('\n'))
}

/** The variables for Polar that the copy's .env leaves empty. */
export async function missingOfPolar(folder: string): Promise<string[]> {
  const settings = parseEnv(await readFile(join(folder, '.env'), 'utf8'))
  return Object.entries(settings)
    .filter(([name, value]) => OF_POLAR.test(name) && !value)
    .map(([name]) => name)
}
