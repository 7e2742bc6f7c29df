import { driverConnection } from '../driver-connection.js'
import { stackOver } from '../layer.js'

export const pgPromise = stackOver({
  name: 'pg-promise',
  label: 'pg-promise',
  packages: ['pg-promise'],
  onlyPostgres: true,
  ownsSchema: false,
  // `pgPromise(options)` gives the function that connects.
  connection: driverConnection({ packages: ['pg-promise'], names: ['made'] }),
})
