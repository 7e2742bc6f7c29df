/**
 * A library that the chart of usage is drawn with. Adding one is a file here, a folder of its name
 * under `templates/stacks/charts` and a line in the registry.
 */
export interface ChartLibrary {
  /** The package's name. */
  name: string
  /** As its makers write it. */
  title: string
  /** The range for a host that has none. */
  added: string
  /** What a host may have of it: ranges that the templates are written for. */
  versions: string[]
  /** The package that ties it to React, used where the host has it. */
  binding?: {
    name: string
    versions: string[]
  }
}
