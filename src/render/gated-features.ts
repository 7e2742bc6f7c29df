import { slugMaker } from '../request/slug.js'

/** A feature that only some plans have. */
export interface GatedFeature {
  slug: string
  name: string
  /** Slug of the lowest plan that has it; all higher ones have it too. */
  plan: string
  planName: string
  /** Slugs of all plans that have it, from the lowest on. */
  plans: string[]
}

/** The parts of a plan that decide on its features. */
export interface FeaturedPlan {
  slug: string
  name: string
  features: string[]
  prices: unknown[]
}

/**
 * What the plans' lists of features say, each feature once, at the lowest plan that names it.
 * Where they say nothing, each paid plan has one feature that is named after it.
 *
 * @param plans from the lowest to the highest
 */
export function gatedFeatures(plans: FeaturedPlan[]): GatedFeature[] {
  const names = plans.map(({ name }) => name)
  const found = new Map<string, { name: string; plan: FeaturedPlan }>()
  for (const plan of plans) {
    for (const text of plan.features) {
      const name = ownFeature(text, names)
      const key = sameText(name)
      if (name !== '' && !found.has(key)) found.set(key, { name, plan })
    }
  }
  const features = found.size > 0 ? [...found.values()] : plans.flatMap(wholePlan)
  const slug = slugMaker()
  return features.map(({ name, plan }) => ({
    slug: slug(name),
    name,
    plan: plan.slug,
    planName: plan.name,
    plans: plans.slice(plans.indexOf(plan)).map((higher) => higher.slug),
  }))
}

function wholePlan(plan: FeaturedPlan): { name: string; plan: FeaturedPlan }[] {
  return plan.prices.length > 0 ? [{ name: `${plan.name} features`, plan }] : []
}

const INHERITS =
  /^(?:everything|all(?: of)?(?: the)?(?: features)?) (?:(?:in|from|of|on) )?(?:the )?/i
const OF_PLAN = /^(?:'s)?(?: (?:plan|tier))?(?: (?:features|has|offers|includes))?/i
const JOINED = /^(?:\s*(?:(?:plus|and|with|as well as)\b|[&+,:;]))+\s*/i
const FILLER = /^(?:(?:and|plus) )?(?:much )?more\W*$/i

/** Without "everything in Pro": that a plan has what the lower ones have goes without saying. */
function ownFeature(text: string, planNames: string[]): string {
  const name = text.replace(/\s+/g, ' ').trim()
  const inherits = INHERITS.exec(name)
  const rest = inherits && name.slice(inherits[0].length)
  const own = rest === null ? name : (besidePlan(rest, planNames) ?? name)
  return FILLER.test(own) ? '' : own
}

/** What a text that begins with a plan's name adds to that plan; null when it is not about one. */
function besidePlan(text: string, planNames: string[]): string | null {
  // 'Pro Plus' begins with 'Pro' as well.
  const byLength = planNames.toSorted((a, b) => b.length - a.length)
  for (const name of byLength.filter((one) => sameText(text).startsWith(sameText(one)))) {
    const after = text.slice(name.length).replace(OF_PLAN, '')
    if (after.trim() === '') return ''
    const joined = JOINED.exec(after)
    if (joined) return after.slice(joined[0].length).trim()
  }
  return null
}

function sameText(text: string): string {
  return text.trim().toLowerCase()
}
