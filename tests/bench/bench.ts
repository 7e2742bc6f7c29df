/** Ratios and medians of one run. Nothing here passes or fails. */
import { benchCommandLine } from './command-line.js'
import { billingServer, type BillingServer } from './billing-server.js'
import { benchInbox } from './inbox.js'
import { startPostgres } from './postgres.js'
import { benchReceiver } from './receiver.js'
import { benchUsage, USAGE_REQUEST } from './usage.js'

await benchCommandLine()

const postgres = await startPostgres()
if (postgres === null) {
  console.log(
    'Receiver, inbox and usage skipped: no TEST_DATABASE_URL, and no initdb on this machine',
  )
} else {
  try {
    process.env['TEST_DATABASE_URL'] = postgres.url
    await on(await billingServer(), async (server) => {
      await benchReceiver(server)
      await benchInbox(server)
    })
    await on(await billingServer(USAGE_REQUEST, ['--track', '/api/projects']), benchUsage)
  } finally {
    await postgres.stop()
  }
}

async function on(
  server: BillingServer,
  bench: (server: BillingServer) => Promise<void>,
): Promise<void> {
  try {
    await bench(server)
  } finally {
    await server.discard()
  }
}
