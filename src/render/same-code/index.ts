/**
 * Whether two texts of a file are the same program in two styles: blanks, line breaks, quotes,
 * semicolons, commas and parentheses that mean nothing, braces around one statement, the order of
 * imports. That is all that a formatter, or the fixes of a linter, may change in a file that is
 * still taken for the one that was written. A file that is no code is only the same byte for byte.
 */
export async function isSameCode(path: string, one: string, other: string): Promise<boolean> {
  if (one === other) return true
  if (!isCode(path)) return false
  const { formOf } = await import('./form.js')
  const form = formOf(path, one)
  return form !== null && form === formOf(path, other)
}

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path)
}
