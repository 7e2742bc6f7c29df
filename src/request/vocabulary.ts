const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Say that something is asked for, and nothing about what: skipped before a name. */
export const REQUEST_WORDS = words(`
  add adds adding implement implementing integrate integrating create creating build building make
  making set setup up please want wants need needs would like id i we we'd i'd i'll we'll you can could
  should let's lets give me us our my your the a an this that these those it its it's is are be to for
  of in on at with and or so using use via through by into onto app application saas site website
  project product products service business company startup store shop platform polar polar.sh
  subscription subscriptions subscription-based billing payment payments checkout pricing price prices
  priced plan plans tier tiers tiered level levels package packages option options offer offers
  offering offerings sell sells selling charge charges charging support supporting introduce provide have has
  having get launch start do here there following as follows namely e.g i.e eg ie like usage-based
  single usage metered recurring monetize monetise monetization paid paying pay pays payg pay-as-you-go model system
  structure page integration integrations customers customer users user people everyone users
  different various several multiple few three-tier tables table list also additionally just only
  simple basic-level new where which who whose then plus access called named costs cost costing
  upgrade upgrades upgrading upgradable from between choose available per each any all both
  some one-time once off freemium saas's api's hi hello hey thanks thank ok okay
  as go based currency currencies money stripe-like features feature content
  sold purchases purchase buy buying bill billed charged invoice invoices includes include including
`)

/** Of the words of a request, those that can be the name of what is sold when they stand alone. */
export const THINGS = words(`
  project projects service services store shop platform page content access app application website
  site business company startup api
`)

/** Joins a name with its price: 'Pro at $29', 'Pro costs $29'. */
export const CONNECTORS = words(`
  at for is are costs cost costing priced = of will be sells sell goes and with price fee rate being @
  only just charged charges charge we you pay
`)

/** Ends a name and says what kind of thing it names: 'Pro plan'. */
export const KIND_WORDS = words(
  'plan plans tier tiers level package subscription subscriptions option edition version',
)

/** A name starts anew after these. */
export const NAME_STARTERS = words(`
  with to have offer offers offering add adding sell selling create creating implement implementing called named
  want need include includes including support launch introduce using via charge plus also then
  upgrade polar polar.sh tiers plans tiers: namely pay set provide build integrate where buy
`)

/** Names that plans have everywhere: alone, they name a plan and not a feature. */
export const PLAN_NAMES = words(`
  free basic starter hobby personal solo individual lite light standard plus pro professional premium
  team teams business growth scale enterprise ultimate max unlimited-plan advanced agency startup
  bronze silver gold platinum diamond essential essentials developer studio family duo ultra
  elite vip expert creator creators
`)

/** Ordinary nouns that may end a name in lower case without changing what a price means. */
export const NAME_NOUNS = words(`
  plan tier package kit course ebook e-book book guide template templates theme themes bundle pack licence
  license membership pass access account edition version seat workshop download video videos class
  lesson lessons programme program coaching session ticket club community newsletter tool toolkit
  plugin preset presets font fonts icons icon set ui app masterclass bootcamp training tutorial
  user team member service support hosting box boilerplate starter api report reports component
  components subscription base pro plus premium lite basic max print poster song album game key
  asset assets collection deal upgrade sticker consultation review audit webinar recording export
  lifetime family student students business personal individual company enterprise annual
`)

/** Immediately before an amount, these say it is not simply the price. */
export const HEDGES_BEFORE = words(`
  from starting starts start begins beginning about around approximately approx roughly circa ca maybe
  perhaps probably possibly nearly almost under over below above between within was were originally
  formerly previously normally usually typically regular regularly reg save saves saving savings
  minimum maximum min max. least most than low high minus not no never without except excluding unless if
  until before after instead versus vs worth value discount discounted off rebate refund
  credit credits deposit setup set-up installation extra additional another tbd tba say guess think
  either up to down into by cap capped limit spend budget revenue earn save: plus-minus adding
  double half twice increase decrease raise raised lower lowered reduced reduce or-so like competitor
  competitors tip donate donation bonus cashback commission tax vat gst fine penalty fees
  instalments installments payments and-up currently now-was cheaper initially eventually later someday today
`)

/** Immediately after an amount, these say it is not simply the price. */
export const HEDGES_AFTER = words(`
  ish off discount discounted credit credits saving savings saved cheaper extra more less minimum maximum
  min max setup set-up deposit cap limit value worth refund bonus cashback commission tax vat gst gift
  voucher trial plus-vat thousand hundred million billion x approx approximately approximate roughly about around
  maybe perhaps probably tbd tba upfront up-front down initially originally before until till instead
  penalty fine tip donation budget unless if except excluding excl incl inclusive exclusive net gross
  was were now then but not or-more and-up increase rebate installment installments instalments
  of brutto netto ttc inkl zzgl inc first second total combined altogether respectively to through
`)

/** In lower case and right beside an amount, on either side, these make it another amount or none. */
export const CHANGING = words(`
  average averages averaging avg mean median ballpark ballparked estimated estimate est expected projected
  target annualized annualised effective effectively equivalent equals equal totals totalling means
  amounts amounting retail rrp msrp market wholesale clearance street ca cca circa odd something
  loosely times multiplied half threshold floor ceiling triple triples quadruple negative positive
  prepaid postpaid deferred nearly almost barely hardly usually typically normally often rarely sometimes
  generally tentatively provisional draft proposed planned pending negotiable subject optional
  optionally refundable nonrefundable waived waiver split shared divided installation downpayment
  surcharge supplement supplementary onboarding enrollment enrolment registration joining cancellation
  termination renewal renews renewing repeated intro introductory promo promotional bird sale special
  discounted between under below above within from since during by versus vs than least most fewer low
  lower lowered high higher reduced raised decreased future initial former existing formerly current currently
  someday eventually again another ever always due owed payable billed invoiced unknown unclear unsure
  undecided capped uncapped twice thrice affordable dearer expensive competitor competitors lowest highest
  cheapest latest earliest regular regularly quoted valued apiece revenue save saves launch guess think
  included excluded ex additional added add-on addon shipping handling postage instalment installment
`)

/** Anywhere beside a plan's price, these make the whole clause say something else. */
export const REVERSING = words(`
  not never don't dont doesn't isn't won't cannot can't remove delete drop cancel replace rename increase decrease
  raise reduce double halve instead except unless if was were previously formerly originally
  currently used competitor competitors unlike whereas rather old no-longer retire discontinue
  introductory promotional suggested deprecate ignore wrong undecided unsure tbd tba maybe perhaps possibly
  either something correction correct sorry oops example sample
`)

export const SEAT_WORDS = words(`
  seat seats user users member members person people head license-seat agent agents developer
  developers editor editors teammate employee employees colleague contributor collaborator
`)

/** What usage is counted in. Known ones are accepted in looser wordings than unknown nouns. */
export const USAGE_NOUNS = words(`
  call calls request requests email emails e-mail e-mails message messages sms token tokens minute minutes
  hour hours gb mb tb kb gib gigabyte gigabytes megabyte terabyte report reports image images
  event events run runs execution executions invocation invocations job jobs page pages document
  documents transaction transactions credit credits record records row rows query queries lookup lookups
  conversion conversions download downloads upload uploads file files generation generations
  notification notifications scan scans check checks search searches contact contacts order orders
  verification verifications transcription transcriptions render renders build builds deploy deploys
  api storage bandwidth compute transfer traffic character characters word words kwh second seconds
  screenshot screenshots video videos session sessions visitor visitors pageview pageviews
  impression impressions click clicks prediction predictions embedding embeddings operation operations
  invoice invoices task tasks unit units sync syncs crawl crawls validation validations signature
  signatures envelope envelopes translation translations ride rides delivery deliveries
`)

/** Units of an amount rather than of a number of events: their quantity is summed. */
export const SUMMED_UNITS = words(`
  minute hour gb mb tb kb gib gigabyte megabyte terabyte token second character word kwh credit unit
  mile km byte
`)

export const FEATURE_STARTERS = words(
  'with includes include including incl featuring has gets contains comes features plus everything unlimited all',
)
