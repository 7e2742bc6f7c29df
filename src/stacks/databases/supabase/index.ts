import { optionsOfExample } from '../../../host/database/connection/env-example.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import { stackOver } from '../layer.js'

/** Its client speaks HTTP. Where the app has the database's address as well, billing uses that. */
export const supabase = stackOver({
  name: 'supabase',
  label: 'Supabase',
  packages: ['@supabase/supabase-js'],
  onlyPostgres: true,
  ownsSchema: false,
  connection(context, server) {
    const [made] = driverCalls(context, server, {
      packages: ['@supabase/supabase-js'],
      names: ['createClient'],
    })
    const options = optionsOfExample(context)
    if (!made || !options) return null
    return { options, evidence: context.sources.evidence(made.file, made.node), dialect: null }
  },
})
