/** The name under which agents know this command: `/integrate:polar [3 tiers: …]`. */
const NAME = /^\s*\/?integrate[:-]polar(?=[\s[:]|$):?\s*/i

/**
 * A request without the slash command's name in front and without the brackets around all of it,
 * as it is copied from an agent's prompt. Anything else stays as it is.
 */
export function withoutSlashCommand(request: string): string {
  const text = request.replace(NAME, '').trim()
  return isBracketed(text) ? text.slice(1, -1).trim() : text
}

export function isSlashCommand(word: string): boolean {
  return NAME.test(word)
}

/** The first bracket is closed by the last character and by none before. */
function isBracketed(text: string): boolean {
  if (!text.startsWith('[')) return false
  let depth = 0
  for (const [index, char] of [...text].entries()) {
    if (char === '[') depth += 1
    if (char === ']') depth -= 1
    if (depth === 0) return index === [...text].length - 1
  }
  return false
}
