import type { HostStep } from '../../../features/contribution.js'
import { enumerate } from '../../../host/text.js'
import type { HostProfile, LoginNeed, RouterMount } from '../../../types.js'

const WORDS: Record<LoginNeed, { reads: string; brings: string }> = {
  cookies: { reads: 'the cookies of a request', brings: 'cookieParser()' },
  session: { reads: 'its session', brings: 'session({ … })' },
  passport: { reads: 'what Passport puts there', brings: 'passport.session()' },
}

/** Without what the login reads, billing refuses everybody who is signed in. */
export function loginNeedSteps({ server }: HostProfile, mounts: RouterMount[]): HostStep[] {
  const { login, loginNeeds, api } = server
  const apis = mounts.filter(({ kind }) => kind === 'api')
  if (!login || loginNeeds.length === 0 || apis.length === 0) return []
  const name = login.value.middleware?.name ?? 'The login'
  const paths = enumerate(apis.map(({ path }) => path))
  return [
    {
      file: api.file,
      snippet: loginNeeds.map((need) => `${api.variable}.use(${WORDS[need].brings})`).join('\n'),
      reason:
        `${name} reads ${enumerate(loginNeeds.map((need) => WORDS[need].reads))}, and nothing that ` +
        `is mounted for every request was seen to put that there: mount it above ${paths}, else ` +
        'billing answers 401 to everybody who is signed in.',
    },
  ]
}
