/** Processes the inbox on a message, and says how many events it has processed. */
import { database } from './server/billing/database.ts'
import { processPendingEvents } from './server/billing/inbox.ts'

await database.query('select 1')
process.send('ready')
process.once('message', async () => {
  process.send(await processPendingEvents())
  process.disconnect()
  await database.close()
})
