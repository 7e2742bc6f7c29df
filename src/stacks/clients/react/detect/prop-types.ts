import type { DetectionContext } from '../../../../host/context.js'
import { eslintConfig } from '../../../../host/format/eslint-style.js'

/** The recommended rules of eslint-plugin-react, by whatever name it is imported, or the rule. */
const ASKS =
  /plugin:react\/(recommended|all)|\b(react|reactPlugin|pluginReact|eslintReact|eslintPluginReact)\.configs\b|react\/prop-types/
const OFF = /react\/prop-types["']?\s*:\s*\[?\s*(["']off["']|0)/

/** Whether the linter wants every component to declare its props, as `propTypes` do in JavaScript. */
export function asksForPropTypes(context: DetectionContext): boolean {
  if (!context.has('eslint-plugin-react')) return false
  const config = eslintConfig(context)
  return ASKS.test(config) && !OFF.test(config)
}
