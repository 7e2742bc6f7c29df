/** What colors a patch: by the first characters of a line. */
const CODES = { bold: 1, red: 31, green: 32, cyan: 36, dim: 2 } as const

export type Paint = (style: keyof typeof CODES, text: string) => string

/** Whether output may carry colors: it is a terminal, and nobody asked for none. */
export function hasColors(output: { isTTY?: boolean }): boolean {
  const { NO_COLOR, TERM } = process.env
  return output.isTTY === true && !NO_COLOR && TERM !== 'dumb'
}

export function paintFor(output: { isTTY?: boolean }): Paint {
  if (!hasColors(output)) return (_, text) => text
  return (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m`
}

/**
 * FORCE_COLOR in the environment colors what goes into a file or a pipe, and outdoes NO_COLOR.
 * Here a file never gets colors; so it is taken away before anything looks at it.
 */
export function ignoreForcedColors(): void {
  if (!hasColors(process.stdout)) delete process.env['FORCE_COLOR']
}

/** A patch for the eye: one line after the other in the colors that git gives them. */
export function paintPatch(patch: string, paint: Paint): string {
  return patch
    .split('\n')
    .map((line) => paintLine(line, paint))
    .join('\n')
}

function paintLine(line: string, paint: Paint): string {
  if (/^(?:diff |new file|--- |\+\+\+ )/.test(line)) return paint('bold', line)
  if (line.startsWith('@@')) return paint('cyan', line)
  if (line.startsWith('+')) return paint('green', line)
  if (line.startsWith('-')) return paint('red', line)
  return line.startsWith('\\') ? paint('dim', line) : line
}
