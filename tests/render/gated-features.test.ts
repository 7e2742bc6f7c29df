import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gatedFeatures, type FeaturedPlan } from '../../src/render/gated-features.js'

function plan(name: string, features: string[], isPaid = true): FeaturedPlan {
  return {
    slug: name.toLowerCase().replace(/\W+/g, '-'),
    name,
    features,
    prices: isPaid ? [1] : [],
  }
}

/** 'slug at lowest plan' of each feature. */
function featuresOf(...plans: FeaturedPlan[]): string[] {
  return gatedFeatures(plans).map((one) => `${one.slug} at ${one.plan}`)
}

describe('the features that are protected', () => {
  it('are those that the plans name', () => {
    expect(
      featuresOf(plan('Free', ['Community'], false), plan('Pro', ['SSO', 'Audit log'])),
    ).toEqual(['community at free', 'sso at pro', 'audit-log at pro'])
  })

  it('belong to the lowest plan that names them, and to all above it', () => {
    const plans = [plan('Free', [], false), plan('Pro', ['SSO']), plan('Max', ['  sso ', 'API'])]
    expect(gatedFeatures(plans)).toEqual([
      { slug: 'sso', name: 'SSO', plan: 'pro', planName: 'Pro', plans: ['pro', 'max'] },
      { slug: 'api', name: 'API', plan: 'max', planName: 'Max', plans: ['max'] },
    ])
  })

  it.each([
    'everything in Pro',
    'Everything in the Pro plan',
    'everything from pro, and more',
    'All of the features of Pro',
    'all Pro features',
    'Everything in Pro, plus:',
    'and more!',
    '   ',
  ])('are not told twice by %j', (text) => {
    expect(featuresOf(plan('Pro', ['SSO']), plan('Max', [text]))).toEqual(['sso at pro'])
  })

  it.each([
    ['everything in Pro plus priority support', 'priority-support'],
    ['All Pro features and API', 'api'],
    ['everything in Pro Plus & API', 'api'],
    ['all Team members', 'all-team-members'],
    ['Everything in Professional', 'everything-in-professional'],
    ['everything', 'everything'],
  ])('are %j as %s', (text, slug) => {
    const plans = [plan('Pro', ['SSO']), plan('Pro Plus', ['SSO']), plan('Max', [text])]
    expect(featuresOf(...plans)).toEqual(['sso at pro', `${slug} at max`])
  })

  it('are one for each paid plan where none is named', () => {
    expect(
      featuresOf(plan('Free', [], false), plan('Pro', []), plan('Max', ['everything in Pro'])),
    ).toEqual(['pro-features at pro', 'max-features at max'])
  })

  it('have slugs of their own, whatever their names', () => {
    const names = [
      'C',
      'C+',
      'c!',
      '日本語',
      'constructor',
      '`${x}`',
      '*/ </script>',
      '../..',
      '{{x}}',
    ]
    expect(featuresOf(plan('Pro', names))).toEqual([
      'c at pro',
      'c-plus at pro',
      'c-2 at pro',
      expect.stringMatching(/^item-[a-z0-9]+ at pro$/),
      'constructor at pro',
      'x at pro',
      'script at pro',
      expect.stringMatching(/^item-[a-z0-9]+ at pro$/),
      'x-2 at pro',
    ])
  })

  it('keep to their form for any text', () => {
    const plans = fc.array(
      fc.record({
        slug: fc.stringMatching(/^[a-z]{1,8}$/),
        name: fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }),
        features: fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 8 }),
        prices: fc.array(fc.integer(), { maxLength: 1 }),
      }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(plans, (all) => {
        const features = gatedFeatures(all)
        expect(new Set(features.map(({ slug }) => slug)).size).toBe(features.length)
        for (const { slug, plans: having, plan: lowest } of features) {
          expect(slug).toMatch(/^[a-z0-9]+(?:-+[a-z0-9]+)*$/)
          expect(having[0]).toBe(lowest)
        }
      }),
    )
  })
})
