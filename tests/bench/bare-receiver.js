/** The least that a receiver can do: verify the signature, insert one row, answer. */
import express from 'express'
import pg from 'pg'
import { webhooks } from '@polar-sh/sdk/2026-10'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'] })
const secret = process.env['POLAR_WEBHOOK_SECRET'] ?? ''

const app = express()
app.post(
  '/api/webhooks/polar',
  express.raw({ type: () => true, limit: '1mb' }),
  async (req, res) => {
    try {
      await webhooks.validateEvent(req.body, req.headers, secret)
    } catch {
      res.status(403).end()
      return
    }
    await pool.query('insert into bare_webhooks (webhook_id, payload) values ($1, $2)', [
      req.headers['webhook-id'],
      req.body.toString(),
    ])
    res.status(202).json({ received: true })
  },
)
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port))
