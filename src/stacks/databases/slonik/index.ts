import { driverConnection } from '../driver-connection.js'
import { stackOver } from '../layer.js'

export const slonik = stackOver({
  name: 'slonik',
  label: 'Slonik',
  packages: ['slonik'],
  onlyPostgres: true,
  ownsSchema: false,
  connection: driverConnection({ packages: ['slonik'], names: ['createPool'] }),
})
