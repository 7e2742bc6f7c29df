import { addReadmeSection } from '../../patch/index.js'
import type { Sells } from '../../render/sold-data.js'
import type { HostProfile } from '../../types.js'
import type { HostEdit } from '../contribution.js'

const PAGE = 'docs/billing/polar-integration.md'

/** Who reads the host's own introduction finds the documentation of billing; none without one. */
export function readmeEdits({ readme }: HostProfile, sells: Sells): HostEdit[] {
  if (readme === null) return []
  const sold = sells.subscriptions
    ? 'Subscriptions are'
    : sells.products
      ? 'Products are'
      : 'Nothing is'
  const text = `${sold} sold through [Polar](https://polar.sh). [${PAGE}](${PAGE}) says how billing is set up, tested and taken live, and what to do when something is wrong.`
  const section = {
    headings: ['Billing', 'Billing with Polar'] as [string, string],
    text,
    page: PAGE,
  }
  return [
    {
      file: readme,
      apply: (content) =>
        Promise.resolve(
          content === null ? { status: 'unchanged' } : addReadmeSection(content, section),
        ),
    },
  ]
}
