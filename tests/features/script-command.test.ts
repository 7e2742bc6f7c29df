import { describe, expect, it } from 'vitest'
import { runnerPackages, scriptCommand } from '../../src/features/script-command.js'
import { layoutOf } from '../../src/render/layout.js'
import { hostProfile } from '../support/profiles.js'

const SCRIPT = 'server/scripts/billing.ts'
const layout = layoutOf(hostProfile())

describe('the command of a script', () => {
  it('begins as the host starts its server', () => {
    const runner = { command: 'node --env-file=.env --import tsx', built: null }
    const command = scriptCommand(runner, layout, SCRIPT)
    expect(command).toBe('node --env-file=.env --import tsx server/scripts/billing.ts')
  })

  it('runs the TypeScript file where the server is built as well', () => {
    const built = { command: 'node', from: '', to: 'dist' }
    expect(scriptCommand({ command: 'tsx', built }, layout, SCRIPT)).toBe(`tsx ${SCRIPT}`)
  })

  it.each([
    [{ command: 'node', from: '', to: 'dist' }, 'node dist/server/scripts/billing.js'],
    [
      { command: 'node --env-file=.env', from: 'server', to: 'build' },
      'node --env-file=.env build/scripts/billing.js',
    ],
    [{ command: 'node', from: 'src', to: 'dist' }, `tsx ${SCRIPT}`],
  ])('runs what is built of it where nothing else runs: %o', (built, command) => {
    expect(scriptCommand({ command: null, built }, layout, SCRIPT)).toBe(command)
  })

  it.each([
    ['tsx server/x.ts', { tsx: '^4.19.0' }],
    ['node --import=tsx server/x.ts', { tsx: '^4.19.0' }],
    ['dotenv -- tsx server/x.ts', { tsx: '^4.19.0' }],
    ['node dist/x.js', {}],
    ['bun server/tsx-files.ts', {}],
  ])('brings the package that %s needs', (command, devDependencies) => {
    expect(runnerPackages(command)).toEqual({ dependencies: {}, devDependencies })
  })
})
