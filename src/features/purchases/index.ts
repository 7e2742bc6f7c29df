import type { Feature } from '../contribution.js'
import { envExampleEdit } from '../env-example.js'

/** What is paid once: the products, their checkout, what was bought, and access by it. */
export const purchases: Feature = {
  name: 'purchases',
  appliesTo: (spec) => spec.products.length > 0,
  contribute({ host, data }) {
    const env = data.products.map(({ name, variable }) => ({
      name: variable,
      value: '',
      comment: `Id of the Polar product for ${name}`,
    }))
    return {
      env,
      tables: [data.purchaseTables.checkouts],
      routes: [
        { method: 'GET', path: '/api/billing/products' },
        { method: 'GET', path: '/api/billing/purchases' },
      ],
      edits: [envExampleEdit(host, env)],
    }
  },
}
