import { decimalsOf } from '../polar/currencies.js'
import { clientApiData, type ClientApiData } from '../stacks/clients/react/api/template-data.js'
import { clientAppData, type ClientAppData } from '../stacks/clients/react/app-data.js'
import { chartFor, type ChartChoice } from '../stacks/charts/choice.js'
import { databaseData, type DatabaseData } from './database-data.js'
import { serverData, type ServerData } from './server-data.js'
import { soldData, type SoldData } from './sold-data.js'
import {
  purchaseTableNames,
  tableNames,
  usageTableNames,
  type PurchaseTableNames,
  type TableNames,
  type UsageTableNames,
} from './table-names.js'
import type {
  BillingSpec,
  ClientProfile,
  ClientTheme,
  HostProfile,
  ModuleExport,
  UsersTable,
} from '../types.js'

/** Everything a template can name. Logic belongs here, not in the templates. */
export interface TemplateData extends SoldData, ServerData, DatabaseData {
  spec: BillingSpec
  /** Decimals that amounts in the spec's currency have at Polar. */
  currencyDecimals: number
  host: HostProfile
  tables: TableNames
  /** Named in a request with usage prices alone. */
  usageTables: UsageTableNames
  /** Named in a request with one-time products alone. */
  purchaseTables: PurchaseTableNames
  users: UsersTable | null
  userIdType: string
  /** Stands before user ids at Polar where these are not unique by themselves: 'brieflog'. */
  appName: string
  connection: ModuleExport | null
  client: ClientProfile | null
  /** Where the front end is seen in development: 'http://localhost:5173'. */
  frontEndAddress: string
  /** How the front end reaches billing's API; null without a front end. */
  clientApi: ClientApiData | null
  /** Pages of the front end's own that billing leads to. */
  clientLinks: { signIn: string; contactSales: string }
  /** What the front end has around billing's pages; null without one. */
  clientApp: ClientAppData | null
  styling: 'tailwind' | 'css'
  theme: ClientTheme
  /** What the chart of usage is drawn with; null without a front end. */
  chart: ChartChoice | null
}

export function templateData(spec: BillingSpec, host: HostProfile): TemplateData {
  const users = host.database.users?.value ?? null
  return {
    spec,
    ...soldData(spec),
    currencyDecimals: decimalsOf(spec.currency),
    host,
    tables: tableNames(host.database.tables, host.database.schema),
    usageTables: usageTableNames(host.database.tables, host.database.schema),
    purchaseTables: purchaseTableNames(host.database.tables, host.database.schema),
    users,
    userIdType: users?.keyType ?? 'text',
    appName: appNameOf(host.name),
    ...serverData(host),
    ...databaseData(host),
    connection: host.database.connection?.value ?? null,
    client: host.client,
    frontEndAddress: host.client?.devAddress ?? 'http://localhost:5173',
    clientApi: host.client && clientApiData(host.client, host.server.mounts),
    clientLinks: {
      signIn: host.client?.signIn?.value ?? '/login',
      contactSales: host.client?.contact?.value ?? '/contact',
    },
    clientApp: host.client && clientAppData(host.client),
    styling: host.client?.styling.value ?? 'css',
    theme: host.client?.theme.value ?? { dark: null, accent: null },
    chart: host.client && chartFor(host.client),
  }
}

/** '@acme/Habit_Tracker' is acme-habit-tracker. */
function appNameOf(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.join('-') || 'app'
}
