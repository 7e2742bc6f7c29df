import type {
  BillingSpec,
  Found,
  HostProfile,
  Meter,
  PackageProfile,
  Tier,
} from '../../src/types.js'

function found<T>(value: T): Found<T> {
  return { value, source: 'detected', evidence: [] }
}

export function packageProfile(changes: Partial<PackageProfile> = {}): PackageProfile {
  return {
    dir: '',
    manifest: 'package.json',
    name: 'host',
    entry: null,
    installDir: '',
    packageManager: found('npm'),
    language: found('typescript'),
    modules: found('esm'),
    strictDirective: false,
    importExtension: found('.js'),
    compiler: {
      defaultImports: true,
      packageExports: true,
      skipsDeclarations: true,
      lintsReferences: false,
      errorOptions: true,
    },
    ...changes,
  }
}

/** What detection says of the fixture host, for tests of what comes after it. */
export function hostProfile(changes: Partial<HostProfile> = {}): HostProfile {
  return {
    root: '/host',
    name: 'host',
    packages: [{ dir: '', manifest: 'package.json', name: 'host', entry: null, installDir: '' }],
    packageManager: found('npm'),
    server: {
      package: packageProfile(),
      stack: found('express'),
      major: 5,
      dir: found('server'),
      folders: {
        config: 'config',
        controllers: 'controllers',
        middleware: 'middleware',
        models: 'models',
        routes: 'routes',
        scripts: 'scripts',
        services: 'services',
        webhooks: 'webhooks',
      },
      app: found({
        file: 'server/app.ts',
        variable: 'app',
        exported: { name: 'createApp', kind: 'factory', default: false },
      }),
      api: { file: 'server/app.ts', variable: 'app', setup: null, setups: [] },
      mounts: [],
      limits: [],
      routes: [],
      counted: [],
      loginNeeds: [],
      loginInHeader: false,
      login: found({
        middleware: {
          file: 'server/auth.ts',
          name: 'requireAuth',
          default: false,
          package: false,
          use: '',
          cast: false,
        },
        userId: 'req.user.id',
      }),
      errorBody: { value: 'nested', source: 'assumed', evidence: [] },
      logger: null,
      mailer: null,
      startScript: 'dev',
      scripts: found({ command: 'tsx', built: null }),
      start: 'server/index.ts',
    },
    database: {
      stack: found('pg'),
      connection: found({ file: 'server/db.ts', name: 'pool', default: false }),
      settings: [{ option: 'connectionString', expression: null, variables: ['DATABASE_URL'] }],
      urlVariable: 'DATABASE_URL',
      newVariables: [],
      schema: null,
      migrations: found({
        tool: 'node-pg-migrate',
        dir: 'migrations',
        script: 'migrate',
        run: 'migrate',
        files: [],
      }),
      users: found({ table: 'users', key: 'id', keyType: 'uuid', emailColumn: 'email' }),
      tables: ['users'],
    },
    client: {
      package: packageProfile({ importExtension: found('') }),
      stack: found('react'),
      dir: found('client/src'),
      react: 19,
      jsx: 'automatic',
      bundler: 'vite',
      devAddress: 'http://localhost:5173',
      app: 'client/src/App.tsx',
      router: found({
        kind: 'routes-jsx',
        file: 'client/src/App.tsx',
        package: 'react-router-dom',
        generated: null,
        guards: {},
      }),
      styling: found('css'),
      theme: found({ dark: null, accent: null }),
      navigation: null,
      signIn: found('/login'),
      contact: null,
      signInBack: null,
      sessionHook: null,
      mount: found({ file: 'client/src/main.tsx', tag: 'App' }),
      charts: [],
      propTypes: false,
      api: found({
        base: null,
        imports: [],
        includesApi: 'no',
        prefix: null,
        paths: [],
        strippedByProxy: false,
        proxyWithoutApi: null,
        axios: null,
      }),
      session: found({ kind: 'cookie' }),
    },
    tests: {
      runner: found('vitest'),
      hostRunner: found('vitest'),
      dir: found('tests'),
      script: 'test',
      apart: null,
    },
    format: { tool: found('prettier'), options: { semi: false, singleQuote: true } },
    clientFormat: null,
    env: {
      exampleFile: '.env.example',
      bypasses: [],
      exists: true,
      file: found('.env'),
      dotenv: true,
      isPreloaded: true,
    },
    readme: null,
    ...changes,
  }
}

export function tier(name: string, changes: Partial<Tier> = {}): Tier {
  return {
    slug: name.toLowerCase(),
    name,
    prices: [],
    free: false,
    contactSales: false,
    trial: null,
    features: [],
    highlighted: false,
    ...changes,
  }
}

/** A paid tier by the month. */
export function paid(name: string, amount: number, changes: Partial<Tier> = {}): Tier {
  const prices = [{ amount, interval: 'month' as const, intervalCount: 1, perSeat: false }]
  return tier(name, { prices, ...changes })
}

/** A meter at one minor unit a piece, with nothing included. */
export function meter(name: string, changes: Partial<Meter> = {}): Meter {
  return {
    slug: name.toLowerCase().replaceAll(' ', '-'),
    name,
    unit: name.replace(/s$/, ''),
    aggregation: 'count',
    property: null,
    included: 0,
    unitAmount: '1',
    tier: null,
    ...changes,
  }
}

export function billingSpec(tiers: Tier[], changes: Partial<BillingSpec> = {}): BillingSpec {
  const none = { products: [], meters: [], discounts: [], gating: false }
  return { version: 1, currency: 'usd', tiers, ...none, ...changes }
}
