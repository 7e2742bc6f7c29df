import type { Conflict, Packages } from '../types.js'
import { insertProperty, removeProperty, replaceValue } from './json-edit.js'
import { parseJsonObject } from './json-text.js'
import { rangeFit } from './version-range.js'

export interface PackageJsonEdit {
  /** The new text; the old one, byte for byte, when there was nothing to add. */
  content: string
  conflicts: Conflict[]
}

type Section = 'dependencies' | 'devDependencies' | 'scripts'

/**
 * Adds packages and scripts to the text of a package.json. Indentation, order, line endings, byte
 * order mark and every other byte stay. Entries that serve are left as they are, none is ever
 * lowered; one that cannot serve, or a script of the same name that does something else, is a
 * conflict and stays as it is.
 */
export function withPackages(
  text: string,
  packages: Packages,
  scripts: Record<string, string>,
  path = 'package.json',
): PackageJsonEdit {
  if (parseJsonObject(text) === null) {
    return { content: text, conflicts: [{ path, reason: `${path} is not a valid JSON object.` }] }
  }
  const edit: PackageJsonEdit = { content: text, conflicts: [] }
  const addAll = (section: Section, wanted: Record<string, string>) => {
    for (const [name, value] of Object.entries(wanted)) {
      const reason = addEntry(edit, section, name, value)
      if (reason !== null) edit.conflicts.push({ path, reason: `${path}: ${reason}` })
    }
  }
  addAll('scripts', scripts)
  addAll('dependencies', packages.dependencies)
  addAll('devDependencies', packages.devDependencies)
  return edit
}

/** Gives the reason when the entry cannot be added. */
function addEntry(edit: PackageJsonEdit, section: Section, name: string, value: string) {
  const existing = findEntry(edit.content, section, name)
  if (existing === null) {
    edit.content = insertProperty(edit.content, section, name, value)
    return null
  }
  if (section === 'scripts') {
    if (existing.value === value) return null
    return `the script "${name}" exists and does something else (${existing.value}). Rename it, then run again.`
  }
  const fit = rangeFit(existing.value, value)
  if (fit === 'conflict') {
    return (
      `${name} is at ${existing.value}, and ${value} is needed. ` +
      `Move to ${name}@${value}, adapt the code that uses it, then run again.`
    )
  }
  const range = fit === 'raise' ? value : existing.value
  if (section === 'dependencies' && existing.section === 'devDependencies') {
    const without = removeProperty(edit.content, existing.section, name)
    edit.content = insertProperty(without, section, name, range)
  } else if (range !== existing.value) {
    edit.content = replaceValue(edit.content, existing.section, name, range)
  }
  return null
}

/** A package that production has is there for development too. */
const SECTIONS: Record<Section, string[]> = {
  scripts: ['scripts'],
  dependencies: ['dependencies', 'optionalDependencies', 'devDependencies'],
  devDependencies: ['devDependencies', 'dependencies', 'optionalDependencies'],
}

function findEntry(text: string, section: Section, name: string) {
  const root = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>
  for (const candidate of SECTIONS[section]) {
    const entries = root[candidate]
    if (typeof entries !== 'object' || entries === null || !Object.hasOwn(entries, name)) continue
    const value = (entries as Record<string, unknown>)[name]
    return { section: candidate, value: String(value) }
  }
  return null
}
