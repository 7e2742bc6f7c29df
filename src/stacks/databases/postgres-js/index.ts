import { driverConnection } from '../driver-connection.js'
import { stackOver } from '../layer.js'

export const postgresJs = stackOver({
  name: 'postgres-js',
  label: 'postgres.js',
  packages: ['postgres'],
  onlyPostgres: true,
  ownsSchema: false,
  connection: driverConnection({ packages: ['postgres'], names: ['default'] }),
})
