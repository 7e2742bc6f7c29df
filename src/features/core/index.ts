import { intervalText } from '../../polar/interval-text.js'
import type { EnvVariable, Feature } from '../contribution.js'
import { needsSdkTypes, SDK_TYPES } from '../../render/language/typescript.js'
import { envExampleEdit, envPlace } from '../env-example.js'
import { readmeEdits } from './readme.js'
import { typingsFor } from './typings.js'

const CALL_THE_API = {
  code: 'call_the_api',
  text: "Call billing's API from your front end: docs/billing/polar-integration.md lists its routes",
}

/** Configuration, the catalog, Polar's API, customers and the tables. */
export const core: Feature = {
  name: 'core',
  appliesTo: () => true,
  contribute({ host, data }) {
    const env: EnvVariable[] = [
      {
        name: 'POLAR_ACCESS_TOKEN',
        value: '',
        comment: 'Organization access token (polar_oat_…) of the environment below',
      },
      { name: 'POLAR_ENVIRONMENT', value: 'sandbox', comment: 'sandbox or production' },
      {
        name: 'FRONTEND_URL',
        value: data.frontEndAddress,
        comment: "The front end's address: where the browser returns to after a checkout",
      },
      ...data.plans.flatMap((plan) =>
        plan.prices.map((price) => ({
          name: price.variable,
          value: '',
          comment: `Id of the Polar product for ${plan.name}, ${intervalText(price)}`,
        })),
      ),
    ]
    const sold = [...data.plans.flatMap(({ prices }) => prices), ...data.products]
    const products = sold.map(({ variable }) => variable)
    const typings = typingsFor(host)
    return {
      wants: (logical) => logical !== SDK_TYPES || needsSdkTypes(host.server.package.compiler),
      packages: { dependencies: { '@polar-sh/sdk': '^1.0.1' }, devDependencies: typings },
      anyVersion: Object.keys(typings),
      env,
      tables: [data.tables.customers],
      nextSteps: [
        {
          code: 'create_products',
          text: `Create the products in Polar's sandbox and put their ids into ${envPlace(host)}: ${products.join(', ')}`,
        },
        { code: 'set_environment', text: `Put POLAR_ACCESS_TOKEN into ${envPlace(host)}` },
        ...(host.client === null ? [CALL_THE_API] : []),
      ],
      mounts: [
        {
          path: '/api/billing',
          module: 'server/routes/billing.routes.ts',
          name: 'billingRouter',
          kind: 'api',
        },
      ],
      edits: [envExampleEdit(host, env), ...readmeEdits(host, data.sells)],
    }
  },
}
