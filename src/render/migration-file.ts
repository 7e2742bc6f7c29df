/** The name of a migration without the number that puts it in order. */
export function unnumbered(file: string): string {
  return file.replace(/^\d+[-_.]/, '')
}
