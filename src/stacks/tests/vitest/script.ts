/** The package.json script that runs billing's tests where they have a run of their own. */
export const BILLING_SCRIPT = 'test:billing'

/** What the script begins with; the path of billing's Vitest settings follows. */
export const BILLING_COMMAND = 'vitest run --config'
