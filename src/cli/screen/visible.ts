/**
 * Characters that move the cursor, change the terminal or hide what stands beside them: control
 * characters but for the line break, bidirectional marks, invisible ones and line separators.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- these are the ones to be found
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

/**
 * Text of a host, a request or a program as it may be put on a terminal: what is hidden is spelled
 * out, like `\u{1b}[31m`, so that no name can draw over the screen or turn a line around. Tabs
 * become two blanks.
 */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN, (char) => {
    if (char === '\t') return '  '
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
  })
}

/** The same text without what is hidden, where it is to be edited and used again. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN, ' ')
}
