import type { ClientProfile, ModuleExport } from '../../../types.js'

/** What templates say of the app around billing's pages. */
export interface ClientAppData {
  /** `const { user, loading } = useSession()`; null where the host has no such hook. */
  session: {
    hook: ModuleExport & { package: boolean }
    user: string
    loading: string | null
  } | null
  /** The router's `Link`, and its attribute for the address; null: `<a href>`. */
  link: { package: string; to: 'to' | 'href' } | null
  /** The query parameter with which signing in leads back: 'next'. */
  signInBack: string | null
  /** Whether billing's provider stands around the app; else its pages bring it. */
  mount: boolean
}

export function clientAppData(client: ClientProfile): ClientAppData {
  const { sessionHook, router, signInBack, mount } = client
  const hook = sessionHook?.value.hook
  return {
    session:
      sessionHook && hook
        ? {
            ...sessionHook.value,
            hook: {
              name: hook.name,
              default: hook.default,
              file: hook.file ?? hook.package ?? '',
              package: hook.package !== null,
            },
          }
        : null,
    link: linkOf(router?.value ?? null),
    signInBack: signInBack?.value ?? null,
    mount: mount !== null,
  }
}

/** TanStack's `Link` knows the addresses of its own tree alone, which its tool writes later. */
function linkOf(router: { package: string } | null): ClientAppData['link'] {
  if (router?.package.startsWith('react-router')) return { package: router.package, to: 'to' }
  return router?.package === 'wouter' ? { package: 'wouter', to: 'href' } : null
}
