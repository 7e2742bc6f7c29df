/** Works the inbox off when it is told to, and says how many events it has processed. */
import { database } from './server/database/billing-database.ts'
import { drainInbox } from './server/webhooks/inbox.ts'

await database.query('select 1')
process.send('ready')
process.once('message', async () => {
  process.send(await drainInbox())
  process.disconnect()
  await database.close()
})
