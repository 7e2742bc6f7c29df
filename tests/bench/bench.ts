/** Ratios and medians of one run. Nothing here passes or fails. */
import { benchCommandLine } from './command-line.js'
import { billingServer } from './billing-server.js'
import { benchInbox } from './inbox.js'
import { startPostgres } from './postgres.js'
import { benchReceiver } from './receiver.js'

await benchCommandLine()

const postgres = await startPostgres()
if (postgres === null) {
  console.log('Receiver and inbox skipped: no TEST_DATABASE_URL, and no initdb on this machine')
} else {
  try {
    process.env['TEST_DATABASE_URL'] = postgres.url
    const server = await billingServer()
    try {
      await benchReceiver(server)
      await benchInbox(server)
    } finally {
      await server.discard()
    }
  } finally {
    await postgres.stop()
  }
}
