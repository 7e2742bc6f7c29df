import { addNavLinks, type NavEdit } from '../../src/patch/index.js'
import { testCases } from './cases.js'

/** What links, lists and imports that stand on one line get. */
const IN_A_LINE =
  /( \|)? <Link to="\/(pricing|billing)">\w+<\/Link>|, \{ path: '\/pricing'[^}]*\}|, (Tag|CreditCard)\b/g

testCases<NavEdit>('add-nav-links', addNavLinks, { inserted: IN_A_LINE })
