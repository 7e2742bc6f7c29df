import { switchIn } from './switch-in.js'
import type { RouterStack } from './router.js'

export const wouter: RouterStack = {
  packages: ['wouter'],
  mentions: /<(Switch|Route)\b/,
  routesIn: (context, file) => switchIn(context, file, wouter.packages),
}
