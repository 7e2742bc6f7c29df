/** Accepts everything and does nothing: as fast as a receiver can seem to the senders. */
import { createServer } from 'node:http'

const server = createServer((req, res) => {
  req.resume().on('end', () => res.writeHead(202).end())
}).listen(0, '127.0.0.1', () => console.log(server.address().port))
