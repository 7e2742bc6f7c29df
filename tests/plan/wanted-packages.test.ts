import { describe, expect, it } from 'vitest'
import { wantedPackages } from '../../src/plan/wanted-packages.js'

const mailing = {
  packages: { dependencies: { nodemailer: '^10.6.0' }, devDependencies: {} },
  anyVersion: ['nodemailer'],
  bundled: [],
  frontEnd: null,
}
const running = {
  packages: { dependencies: {}, devDependencies: { tsx: '^4.19.0' } },
  anyVersion: [],
  bundled: [],
  frontEnd: null,
}
const drawing = {
  packages: { dependencies: { recharts: '^3.2.0' }, devDependencies: {} },
  anyVersion: [],
  bundled: ['recharts'],
  frontEnd: null,
}

const frontEnd = {
  packages: { dependencies: {}, devDependencies: {} },
  anyVersion: [],
  bundled: [],
  frontEnd: 'react',
}

/** What is asked for in a host that has these packages. */
function wantedIn(dependencies: Record<string, string>, devDependencies = {}) {
  return wantedPackages([mailing, running], JSON.stringify({ dependencies, devDependencies }))
}

describe('the packages that are asked for', () => {
  it('are those of all parts', () => {
    expect(wantedIn({ pg: '^8.0.0' })).toEqual({
      dependencies: { nodemailer: '^10.6.0' },
      devDependencies: { tsx: '^4.19.0' },
    })
  })

  it('leave out what serves in the version that the host has', () => {
    expect(wantedIn({ nodemailer: '^6.9.0' }).dependencies).toEqual({})
  })

  it('keep what must be compared, and what the host has for development only', () => {
    const wanted = wantedIn({ tsx: '^3.0.0' }, { nodemailer: '^6.9.0' })
    expect(wanted).toEqual({
      dependencies: { nodemailer: '^10.6.0' },
      devDependencies: { tsx: '^4.19.0' },
    })
  })

  it('stand where what the front end is made with does when they belong to the bundle', () => {
    const wantedBeside = (manifest: object) =>
      wantedPackages([drawing, frontEnd], JSON.stringify(manifest))
    expect(wantedBeside({ dependencies: { react: '^19.0.0' } })).toEqual({
      dependencies: { recharts: '^3.2.0' },
      devDependencies: {},
    })
    expect(wantedBeside({ devDependencies: { react: '^19.0.0' } })).toEqual({
      dependencies: {},
      devDependencies: { recharts: '^3.2.0' },
    })
  })

  it('leave out what the bundle has, in whichever version and section', () => {
    for (const section of ['dependencies', 'devDependencies']) {
      const manifest = JSON.stringify({ [section]: { recharts: '^2.1.0' } })
      expect(wantedPackages([drawing], manifest)).toEqual({ dependencies: {}, devDependencies: {} })
    }
  })
})
