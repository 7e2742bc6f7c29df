import { describe, expect, it } from 'vitest'
import { readmeEdits } from '../../src/features/core/readme.js'
import { soldData } from '../../src/render/sold-data.js'
import { packageJson, profileOf, smallHost } from '../host/support/small-host.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

const { sells } = soldData(billingSpec([paid('Pro', 2_900)]))

describe('the introduction of a repository', () => {
  it('points to the documentation of billing', async () => {
    const [edit] = readmeEdits({ ...hostProfile(), readme: 'README.md' }, sells)

    expect(edit?.file).toBe('README.md')
    expect(await edit?.apply('# Larder\n')).toMatchObject({
      status: 'changed',
      content: expect.stringMatching(
        /^# Larder\n\n## Billing\n\nSubscriptions are sold .*\(docs\/billing\/polar-integration\.md\).*\n$/,
      ) as string,
    })
  })

  it('is not begun where there is none', async () => {
    const [edit] = readmeEdits({ ...hostProfile(), readme: 'README.md' }, sells)

    expect(readmeEdits(hostProfile(), sells)).toEqual([])
    expect(await edit?.apply(null)).toEqual({ status: 'unchanged' })
  })

  it.each([
    [['README.md', 'docs/README.md'], 'README.md'],
    [['readme.md'], 'readme.md'],
    [['README.rst'], null],
  ])('of %j is %s', async (files, readme) => {
    const texts = Object.fromEntries(files.map((file) => [file, '# Larder\n']))
    const root = smallHost({ 'package.json': packageJson({}), ...texts })

    expect((await profileOf(root)).readme).toBe(readme)
  })
})
