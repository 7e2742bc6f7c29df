/** One route that does nothing else: counted when it is started so, else not. */
import express from 'express'
import { trackUsage } from './server/middleware/usage-tracking.middleware.ts'

const answer = (_req, res) => res.json({ ok: true })
const counting = process.argv.includes('counted') ? [trackUsage('api-calls')] : []

const app = express()
app.use((req, _res, next) => {
  req.user = { id: req.get('x-user') }
  next()
})
app.get('/reports', ...counting, answer)
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
