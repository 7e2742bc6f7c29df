import type { OptionName } from './options.js'
import { fixed, type Setting } from './setting.js'

const URL_FORM =
  /^postgres(?:ql)?:\/\/([^:@/]*)(?::([^@/]*))?@([^:/?]+)(?::([^/?]+))?\/([^?]+)(?:\?.*)?$/
const PART_NAMES: OptionName[] = ['user', 'password', 'host', 'port', 'database']

/**
 * The parts of a connection string that the host's code puts together:
 * `postgres://${DB_USER}:${DB_PASSWORD}@${DB_HOST}/notes`. Null when it is not put together, or not
 * in that order.
 */
export function partsOfUrl({ template }: Setting): Map<OptionName, Setting> | null {
  if (!template) return null
  const values = template.filter((part) => typeof part !== 'string')
  let marks = 0
  const text = template.map((part) => (typeof part === 'string' ? part : `\0${marks++}\0`)).join('')
  const matched = URL_FORM.exec(text)
  if (!matched) return null
  const parts = new Map<OptionName, Setting>()
  for (const [index, name] of PART_NAMES.entries()) {
    const part = matched[index + 1]
    if (part === undefined || part === '') continue
    const mark = /^\0(\d+)\0$/.exec(part)?.[1]
    const value = mark === undefined ? fixed(part) : values[Number(mark)]
    if (!value || (mark === undefined && part.includes('\0'))) return null
    parts.set(name, value)
  }
  return parts
}
