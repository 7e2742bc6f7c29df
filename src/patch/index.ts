/**
 * Edits on files that exist: text in, result out; nothing here reads or writes a file. An edit is
 * a file of its own; what it does to an input is a folder below fixtures/patches/<edit>.
 */
export type { EditResult, Missed, MissCode } from './edit-result.js'
export { addNamedImport, type NamedImport } from './named-import.js'
export { mountWebhook } from './mount-webhook.js'
export { mountRouter } from './mount-router.js'
export { wrapElement, type WrapEdit } from './wrap-element.js'
export { callOnStart, type StartEdit } from './call-on-start.js'
export { trackRoute } from './track-route.js'
export { trackSnippet, type TrackEdit } from './express/tracker.js'
export type { MountEdit } from './express/mount-statement.js'
export type { Setup } from './express/setup.js'
export { checkMountOrder, type MountOrder, type OrderFinding } from './mount-order.js'
export { allowCors, type CorsEdit } from './allow-cors.js'
export { addEnvLines, type EnvLine } from './env-lines.js'
export { mapJestModule, type JestModule } from './jest-module.js'
export { excludeFromTsconfig } from './tsconfig-exclude.js'
export { addReactRoutes, type ReactRoute, type RoutesEdit } from './add-react-routes.js'
export { addGeneratedRoutes, type FileRoute } from './react/tanstack/generated-tree.js'
export { addNavLinks, type NavEdit, type NavLink } from './add-nav-links.js'
export { NAV, readNavigation, type Navigation } from './react/nav/read-nav.js'
export { addReadmeSection, type ReadmeSection } from './readme-section.js'
