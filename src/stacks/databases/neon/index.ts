import { driverConnection } from '../driver-connection.js'
import { stackOver } from '../layer.js'

/** Its Pool speaks over WebSockets; the same address takes connections of node-postgres. */
export const neon = stackOver({
  name: 'neon',
  label: "Neon's serverless driver",
  packages: ['@neondatabase/serverless'],
  onlyPostgres: true,
  ownsSchema: false,
  connection: driverConnection({
    packages: ['@neondatabase/serverless'],
    names: ['neon', 'Pool', 'Client'],
  }),
})
