import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit, envPlace } from '../env-example.js'

/** Codes that lower a price, checked and applied by the server. */
export const coupons: Feature = {
  name: 'coupons',
  appliesTo: (spec) => spec.discounts.length > 0,
  contribute({ host, data }) {
    const env: EnvVariable[] = data.discounts.map(({ code, variable }) => ({
      name: variable,
      value: '',
      comment: `Id of the Polar discount for the code ${code}`,
    }))
    return {
      env,
      nextSteps: [
        {
          code: 'create_discounts',
          text: `Create the discounts in Polar's sandbox, for their codes, and put their ids into ${envPlace(host)}: ${env.map(({ name }) => name).join(', ')}`,
        },
      ],
      routes: [{ method: 'GET', path: '/api/billing/coupons/:code' }],
      edits: [envExampleEdit(host, env)],
    }
  },
}
