import type { RouteSource, RouteSyntax } from './route-edit.js'
import { routesSyntax } from './routes-syntax.js'
import { switchSyntax } from './switch/switch-syntax.js'
import { tanstackSyntax } from './tanstack/tanstack-syntax.js'

/** A new way of writing routes is one line here. The first is what is taken without a sign of any. */
const syntaxes: readonly [RouteSyntax, ...RouteSyntax[]] = [
  routesSyntax,
  switchSyntax,
  tanstackSyntax,
]

export function syntaxOf(source: RouteSource | null): RouteSyntax {
  return (source && syntaxes.find((syntax) => syntax.isIn(source))) ?? syntaxes[0]
}
