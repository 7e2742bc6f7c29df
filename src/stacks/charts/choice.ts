import { rangeFit } from '../../packages/version-range.js'
import type { ClientProfile } from '../../types.js'
import { chartLibraries } from './registry.js'

/** What the chart of usage is drawn with. */
export interface ChartChoice {
  library: string
  title: string
  /** The host has it, in a version that the templates are written for. */
  inHost: boolean
  /** The package that ties the library to React; null where the host has none. */
  binding: string | null
}

/**
 * The first library that the host has in a version that the templates are written for, or else the
 * first one that it does not have at all: a version that it has is not changed.
 */
export function chartFor({ charts }: Pick<ClientProfile, 'charts'>): ChartChoice {
  const ranges = new Map(charts.map(({ value }) => [value.name, value.range]))
  const serves = (name: string, versions: string[]): boolean => {
    const range = ranges.get(name)
    return range !== undefined && versions.some((needed) => rangeFit(range, needed) === 'satisfied')
  }
  const served = chartLibraries.find(({ name, versions }) => serves(name, versions))
  const { name, title, binding } =
    served ?? chartLibraries.find((library) => !ranges.has(library.name)) ?? chartLibraries[0]
  const isBound = binding !== undefined && serves(binding.name, binding.versions)
  return {
    library: name,
    title,
    inHost: served !== undefined,
    binding: isBound ? binding.name : null,
  }
}
