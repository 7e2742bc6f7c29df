import { specJsonSchema } from '../request/spec-schema.js'
import { EXIT } from './exit.js'

/** Prints the JSON Schema of a BillingSpec, and nothing else. Gives the exit code. */
export function schema(): number {
  process.stdout.write(`${JSON.stringify(specJsonSchema(), null, 2)}\n`)
  return EXIT.ok
}
