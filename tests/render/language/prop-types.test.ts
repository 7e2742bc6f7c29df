import { describe, expect, it } from 'vitest'
import { translatorFor } from '../../../src/render/language/index.js'
import { layoutOf } from '../../../src/render/layout.js'
import { hostProfile } from '../../support/profiles.js'

const WITH_PROPS =
  'export function Bars({ bars }: { bars: number[] }) {\n  return <p>{bars}</p>\n}\n'
const WITHOUT = 'export function Page() {\n  return <p />\n}\n'
const LINE = '/* eslint-disable react/prop-types */\n\n'

async function written(text: string, propTypes: boolean, language: 'javascript' | 'typescript') {
  const host = hostProfile()
  if (!host.client) throw new Error('The host has no front end')
  const found = { value: language, source: 'detected' as const, evidence: [] }
  const client = { ...host.client, propTypes, package: { ...host.client.package, language: found } }
  const translate = await translatorFor({ ...host, client }, layoutOf({ ...host, client }))
  const ending = language === 'javascript' ? 'jsx' : 'tsx'
  return translate(text, `client/src/billing/Bars.${ending}`, 'client/billing/Bars.tsx')
}

describe('a linter that asks for prop types', () => {
  it('passes components whose types were taken out', async () => {
    expect(await written(WITH_PROPS, true, 'javascript')).toMatch(/^\/\* eslint-disable/)
    expect(await written(WITH_PROPS, true, 'javascript')).toContain(`${LINE}export function Bars`)
  })

  it.each([
    ['has nothing to ask of a component without props', WITHOUT, true, 'javascript' as const],
    ['finds them in TypeScript', WITH_PROPS, true, 'typescript' as const],
    ['is not asked where it does not', WITH_PROPS, false, 'javascript' as const],
  ])('%s', async (_, text, propTypes, language) => {
    expect(await written(text, propTypes, language)).not.toContain('eslint-disable')
  })
})
