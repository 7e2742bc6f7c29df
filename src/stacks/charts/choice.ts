import { rangeFit, type RangeFit } from '../../packages/version-range.js'
import type { ClientProfile } from '../../types.js'
import type { ChartLibrary } from './chart-library.js'
import { chartLibraries } from './registry.js'

/** What the chart of usage is drawn with. */
export interface ChartChoice {
  library: string
  title: string
  /** The host has it, in a version that the templates are written for, or in a range of one. */
  inHost: boolean
  /** The range that the host's must become, where it allows versions that are too old. */
  raisedTo: string | null
  /** The package that ties the library to React; null where the host has none. */
  binding: string | null
}

type NamedVersions = Pick<ChartLibrary, 'name' | 'versions'>

/**
 * The first library that the host has in a version that the templates are written for, or else the
 * first one that it does not have at all. A range of the host's is narrowed, never moved on.
 */
export function chartFor({ charts }: Pick<ClientProfile, 'charts'>): ChartChoice {
  const ranges = new Map(charts.map(({ value }) => [value.name, value.range]))
  const neededFor = (fit: RangeFit, { name, versions }: NamedVersions): string | undefined => {
    const range = ranges.get(name)
    return versions.find((needed) => range !== undefined && rangeFit(range, needed) === fit)
  }
  const found = (fit: RangeFit) => chartLibraries.find((library) => neededFor(fit, library))
  const served = found('satisfied')
  const raised = served ? undefined : found('raise')
  const library =
    served ?? raised ?? chartLibraries.find(({ name }) => !ranges.has(name)) ?? chartLibraries[0]
  const { name, title, binding } = library
  const isBound = binding !== undefined && neededFor('satisfied', binding) !== undefined
  return {
    library: name,
    title,
    inHost: served !== undefined || raised !== undefined,
    raisedTo: (raised && neededFor('raise', raised)) ?? null,
    binding: isBound ? binding.name : null,
  }
}
