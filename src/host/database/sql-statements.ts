/** One word, quoted name, string or sign of SQL. */
export interface Token {
  /** Names are folded to lower case unless they are quoted, as PostgreSQL does. */
  text: string
  kind: 'word' | 'quoted' | 'string' | 'sign'
  offset: number
}

const DOWN =
  /^[ \t]*--[ \t-]*(down[ \t]+migration|migrate:down|\+goose down|(@?down|undo|rollback)[ \t:-]*\r?$)/im
const UP = /^[ \t]*--[ \t-]*(up[ \t]+migration|migrate:up|\+goose up|@?up[ \t:-]*\r?$)/im

/** What runs when a migration is applied: the text up to where the way back begins. */
export function upPart(sql: string): string {
  const down = DOWN.exec(sql)
  if (!down) return sql
  const up = UP.exec(sql)
  // Where the way back comes first, what is wanted follows it.
  return up && up.index > down.index ? sql.slice(up.index) : sql.slice(0, down.index)
}

/** The statements of a text, each as its tokens, without comments. */
export function statementsOf(sql: string): Token[][] {
  const statements: Token[][] = []
  let current: Token[] = []
  for (const token of tokensOf(sql)) {
    if (token.kind === 'sign' && token.text === ';') {
      if (current.length > 0) statements.push(current)
      current = []
    } else current.push(token)
  }
  return current.length > 0 ? [...statements, current] : statements
}

function* tokensOf(sql: string): Generator<Token> {
  let at = 0
  while (at < sql.length) {
    const offset = at
    const sign = sql.charAt(at)
    const two = sql.slice(at, at + 2)
    if (/\s/.test(sign)) at++
    else if (two === '--') at = endOf(sql, '\n', at)
    else if (two === '/*') at = endOfComment(sql, at)
    else if (sign === "'") {
      at = endOfQuoted(sql, "'", at)
      yield { text: sql.slice(offset, at), kind: 'string', offset }
    } else if (sign === '"') {
      at = endOfQuoted(sql, '"', at)
      const text = sql.slice(offset + 1, at - 1).replaceAll('""', '"')
      yield { text, kind: 'quoted', offset }
    } else if (sign === '$' && dollarTag(sql, at) !== null) {
      const tag = dollarTag(sql, at) ?? ''
      at = endOf(sql, tag, at + tag.length)
      yield { text: '', kind: 'string', offset }
    } else if (isWord(sign)) {
      while (at < sql.length && isWord(sql.charAt(at))) at++
      yield { text: sql.slice(offset, at).toLowerCase(), kind: 'word', offset }
    } else {
      at++
      yield { text: sign, kind: 'sign', offset }
    }
  }
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}_$]/u.test(sign)
}

function endOf(text: string, ending: string, from: number): number {
  const found = text.indexOf(ending, from)
  return found === -1 ? text.length : found + ending.length
}

function endOfQuoted(sql: string, quote: string, start: number): number {
  let at = start + 1
  while (at < sql.length) {
    if (sql[at] !== quote) at++
    else if (sql[at + 1] === quote) at += 2
    else return at + 1
  }
  return sql.length
}

/** Comments nest in PostgreSQL. */
function endOfComment(sql: string, start: number): number {
  let depth = 0
  let at = start
  while (at < sql.length) {
    const two = sql.slice(at, at + 2)
    if (two === '/*') depth++
    if (two === '*/') depth--
    at += two === '/*' || two === '*/' ? 2 : 1
    if (depth === 0) return at
  }
  return sql.length
}

function dollarTag(sql: string, at: number): string | null {
  const end = sql.indexOf('$', at + 1)
  if (end === -1 || end - at > 64) return null
  const tag = sql.slice(at, end + 1)
  return /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$$/u.test(tag) ? tag : null
}
