import type { ClientTheme } from '../../../../types.js'

/*
 * Colors stand only where a background of our own does too: text on the page itself takes the
 * page's color, whichever theme that has. `accent` stands for the host's own.
 */
const focus =
  'focus-visible:outline focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent-600 dark:focus-visible:outline-accent-300'

const button = `inline-block min-h-11 max-w-full cursor-pointer truncate rounded-lg border px-3 py-2.5 text-center text-sm font-semibold leading-5 motion-safe:transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-wait aria-disabled:opacity-60 aria-pressed:bg-gray-100 dark:aria-pressed:bg-gray-800 ${focus}`

const good =
  'border-emerald-200 bg-emerald-50 text-emerald-900 dark:border-emerald-800 dark:bg-emerald-950 dark:text-emerald-100'

const surface = 'bg-white text-gray-900 dark:bg-gray-900 dark:text-gray-100'
const muted = 'text-gray-600 dark:text-gray-400'

const offer = `relative flex min-w-0 max-w-md flex-[1_1_12rem] flex-col rounded-2xl p-5 ${surface}`

const field = `min-h-11 min-w-0 rounded-lg border border-gray-500 px-3 py-2 text-base ${surface} ${focus}`

const line = 'border-gray-200 dark:border-gray-700'
const bar = 'my-2 block h-2 w-full overflow-hidden rounded-full bg-gray-200 dark:bg-gray-700'

const LOOKS = {
  // Never at the edge of the window, also where the app's layout leaves no margin.
  page: 'mx-auto w-full max-w-[min(72rem,100vw-2rem)] py-8 [overflow-wrap:anywhere]',
  pageHeader: 'mb-8 text-center',
  pageTitle: 'text-3xl font-bold tracking-tight',
  pageLead: 'mt-2 text-base leading-7',
  stack: 'max-w-3xl [&>:not(:empty)]:my-5',

  card: `rounded-xl border border-gray-200 p-6 focus:outline-none dark:border-gray-700 ${surface}`,
  header: 'flex flex-wrap items-center justify-between gap-x-4 gap-y-2',
  note: `text-sm leading-6 ${muted}`,
  cardTitle: 'min-w-0 text-lg font-semibold leading-7 focus:outline-none',
  cardText: 'mt-4 text-base leading-7 empty:mt-0',
  actions:
    'mt-5 flex flex-wrap gap-3 empty:hidden max-sm:[&_:is(a,button)]:w-full max-sm:[&>*]:w-full',
  action: 'relative grid',
  // Over what follows, so that a failure moves nothing.
  actionError: 'absolute end-0 top-full z-10 mt-2 w-[max(100%,14rem)] shadow-lg empty:hidden',

  buttonPrimary: `${button} border-transparent bg-accent-600 text-white hover:bg-accent-700 dark:bg-accent-400 dark:text-gray-950 dark:hover:bg-accent-300`,
  buttonSecondary: `${button} border-gray-300 bg-white text-gray-900 hover:bg-gray-50 dark:border-gray-600 dark:bg-gray-900 dark:text-gray-100 dark:hover:bg-gray-800`,
  buttonQuiet: `${button} border-transparent text-gray-700 hover:bg-gray-100 dark:text-gray-300 dark:hover:bg-gray-800`,
  buttonDanger: `${button} border-transparent bg-red-700 text-white hover:bg-red-800 dark:bg-red-400 dark:text-gray-950 dark:hover:bg-red-300`,
  textLink: `font-semibold underline underline-offset-2 ${focus}`,

  badge: 'inline-flex items-center rounded-full border px-2.5 py-0.5 text-xs font-semibold',
  notice: 'rounded-lg border px-4 py-3 text-sm leading-6',
  toneNeutral:
    'border-gray-200 bg-gray-50 text-gray-700 dark:border-gray-700 dark:bg-gray-800 dark:text-gray-200',
  toneGood: good,
  toneWarning:
    'border-amber-300 bg-amber-50 text-amber-900 dark:border-amber-800 dark:bg-amber-950 dark:text-amber-100',
  toneDanger:
    'border-red-200 bg-red-50 text-red-900 dark:border-red-900 dark:bg-red-950 dark:text-red-100',

  periods:
    'mx-auto mb-8 flex w-fit max-w-full flex-wrap justify-center gap-1 rounded-xl bg-gray-200 p-1 dark:bg-gray-800',
  period: 'relative',
  periodInput: 'peer absolute inset-0 m-0 cursor-pointer opacity-0',
  periodLabel:
    'block rounded-lg px-4 py-2 text-sm font-medium text-gray-700 peer-checked:bg-white peer-checked:text-gray-900 peer-checked:shadow-sm peer-focus-visible:outline peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent-600 dark:text-gray-300 dark:peer-checked:bg-gray-600 dark:peer-checked:text-white dark:peer-focus-visible:outline-accent-300',

  announcement: 'focus:outline-none [&>*]:my-5',
  offers: 'm-0 flex list-none flex-wrap justify-center gap-5 p-0',
  offer: `${offer} border border-gray-200 dark:border-gray-700`,
  offerHighlighted: `${offer} border-2 border-accent-600 shadow-lg dark:border-accent-400`,
  offerTag:
    'rounded-full bg-accent-100 px-2.5 py-0.5 text-xs font-semibold text-accent-900 dark:bg-accent-900 dark:text-accent-100',
  offerPrice: 'mt-3',
  offerAmount: 'text-3xl font-bold tracking-tight tabular-nums',
  offerNote: `mb-2 min-h-6 text-sm leading-6 ${muted}`,
  offerFeatures: 'my-3 list-none space-y-2 p-0 text-sm leading-6',
  offerFeature: 'flex gap-2',
  offerFeatureMark: 'text-accent-600 dark:text-accent-400',
  offerAction: 'mt-auto grid gap-2 pt-4',
  offerStanding:
    'min-h-11 rounded-lg border border-transparent bg-gray-100 px-3 py-2.5 text-center text-sm font-semibold leading-5 text-gray-700 dark:bg-gray-800 dark:text-gray-200',

  gate: 'w-full text-start [overflow-wrap:anywhere]',

  section: 'mt-14',
  sectionTitle: 'mb-6 text-center text-2xl font-bold tracking-tight',

  rows: 'mt-3 list-none divide-y divide-gray-200 p-0 empty:mt-0 dark:divide-gray-700',
  row: 'flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3',
  rowTitle: 'font-medium leading-6',
  rowAmount: 'text-end tabular-nums leading-6 [&>div]:justify-end [&>div]:text-sm',

  field: 'grid gap-1',
  fieldLabel: 'text-sm font-medium leading-6',
  fieldRow: 'flex flex-wrap items-center gap-2 [&>input]:grow',
  fieldInput: field,
  fieldHint: 'text-sm leading-6',
  fieldNumber: `${field} w-24 tabular-nums`,

  offerCoupon: `mt-3 rounded-lg px-3 py-2 text-sm leading-6 ${good}`,
  coupon: 'mx-auto mb-8 grid w-full max-w-md gap-3 focus:outline-none',

  choice: 'fixed bottom-4 end-4 z-10 max-w-[calc(100vw-2rem)] rounded-lg shadow-lg',
  dialog: `m-auto w-[min(28rem,calc(100vw-2rem))] rounded-2xl border border-gray-200 p-6 shadow-xl backdrop:bg-black/50 dark:border-gray-700 ${surface}`,
  dialogActions: 'mt-5 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end',

  planMeters: `mb-4 mt-0 grid list-none gap-1 p-0 text-sm leading-6 tabular-nums ${muted}`,

  meters: 'm-0 mt-4 grid list-none gap-5 p-0',
  meterName: 'font-medium leading-6',
  meterCount: 'text-sm leading-6 tabular-nums',
  meterBar: `${bar} text-accent-600 dark:text-accent-400`,

  usageControls: 'mt-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3',
  usageSelect: `min-h-11 min-w-0 max-w-full rounded-lg border border-gray-300 bg-white px-3 py-2 text-sm text-gray-900 dark:border-gray-600 dark:bg-gray-900 dark:text-gray-100 ${focus}`,
  usagePages: 'flex gap-2',

  usageFigure: 'm-0 mt-4',
  usageChart: `h-60 w-full overflow-hidden text-accent-600 dark:text-accent-400 [&_:focus-visible]:outline [&_:focus-visible]:outline-2 [&_:focus-visible]:-outline-offset-2 [&_:focus-visible]:outline-accent-600 dark:[&_:focus-visible]:outline-accent-300`,
  usageAxis: 'text-gray-600 dark:text-gray-400',
  usageGrid: 'text-gray-200 dark:text-gray-700',
  usageCursor: 'text-gray-200 dark:text-gray-700',
  usageTip: `rounded-lg border px-3 py-2 text-sm leading-5 shadow-lg ${line} bg-white text-gray-900 dark:bg-gray-900 dark:text-gray-100`,

  usageTable: `mt-4 w-full border-collapse text-sm leading-6 [&_:is(th,td)]:border-b [&_:is(th,td)]:border-gray-200 [&_:is(th,td)]:py-2 [&_:is(th,td)]:text-start [&_:is(th,td)]:align-top [&_:is(th,td)]:font-normal dark:[&_:is(th,td)]:border-gray-700 [&_:is(th,td):not(:first-child)]:whitespace-nowrap [&_:is(th,td):not(:first-child)]:ps-4 [&_:is(th,td):not(:first-child)]:text-end [&_:is(thead,tfoot)_*]:font-semibold`,
  usageOutdated: 'opacity-60',

  loading: 'mt-3 h-36 rounded-md bg-gray-100 dark:bg-gray-800',
  hidden: 'sr-only',
} as const satisfies Record<string, string>

/** White on the shade 600 of these is too faint to be read. */
const BRIGHT = /^(orange|amber|yellow|lime|green|emerald|teal|cyan|sky)$/

/** The host's Tailwind classes for a look, without those of a dark page where it has none. */
export function tailwindClassesOf(look: string, { dark, accent }: ClientTheme): string {
  const classes = (LOOKS as Record<string, string | undefined>)[look]
  if (classes === undefined) throw new Error(`There is no look ${look}`)
  return classes
    .split(' ')
    .filter((name) => dark !== null || !name.startsWith('dark:'))
    .map((name) =>
      name.replace(/accent-(\d)00$/, (_, shade: string) => shadeOf(accent, Number(shade))),
    )
    .join(' ')
}

function shadeOf(accent: string | null, shade: number): string {
  const palette = accent ?? 'indigo'
  const isDarker = BRIGHT.test(palette) && (shade === 6 || shade === 7)
  return `${palette}-${isDarker ? shade + 1 : shade}00`
}
