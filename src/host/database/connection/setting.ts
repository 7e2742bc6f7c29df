import type { ts } from 'ts-morph'
import { propertyOf, resolveExpression } from '../../source/expression.js'
import type { Sources } from '../../source/sources.js'
import type { OptionName } from './options.js'
import { partsOfUrl } from './url-parts.js'
import { givesItsArgument } from './pass-through.js'

/** A value as the host's code gets it, written so that another module gets the same. */
export interface Setting {
  /** Only the environment and fixed values are in it: `process.env['DB_HOST'] ?? 'localhost'`. */
  expression: string
  /** The variables that the value can come from, as those of conditions cannot. */
  variables: string[]
  /** Fixed values that it can come from where no variable can take their place. */
  fixed: string[]
  /** What a text is put together from, in order. */
  template?: (string | Setting)[]
  /** Of the variables those that are only a part of an address, and which, where it is one of two. */
  parts?: Record<string, OptionName>
}

const MAX_HOPS = 12
const NAME = /^[A-Z][A-Z0-9_]*$/
const COMPARISONS = new Set(['===', '!==', '==', '!=', '&&', '<', '>'])
const QUESTIONS = new Set(['includes', 'startsWith', 'endsWith', 'match'])
const CONVERSIONS = new Set(['Number', 'String', 'Boolean', 'parseInt', 'parseFloat'])

/**
 * What an expression is worth, followed through the host's configuration: constants, objects,
 * `required('DATABASE_URL')`, a validated environment. Null when it is anything else.
 */
export function settingOf(sources: Sources, file: string, node: ts.Node): Setting | null {
  return new Reader(sources).read({ file, node, hops: MAX_HOPS })
}

export interface Place {
  file: string
  node: ts.Node
  hops: number
}

export function variable(name: string): Setting {
  return { expression: `process.env['${name}']`, variables: [name], fixed: [] }
}

export function fixed(value: string | number | boolean): Setting {
  const expression = typeof value === 'string' ? quoted(value) : String(value)
  return { expression, variables: [], fixed: [String(value)] }
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

class Reader {
  readonly #ts: Sources['ts']

  constructor(private readonly sources: Sources) {
    this.#ts = sources.ts
  }

  read(place: Place): Setting | null {
    const ts = this.#ts
    const node = ts.isExpression(place.node) ? this.sources.unwrap(place.node) : place.node
    const at = (next: ts.Node): Setting | null =>
      this.read({ ...place, node: next, hops: place.hops - 1 })
    if (place.hops === 0) return null
    if (ts.isStringLiteralLike(node)) return fixed(node.text)
    if (ts.isNumericLiteral(node)) return fixed(Number(node.text))
    if (node.kind === ts.SyntaxKind.TrueKeyword) return fixed(true)
    if (node.kind === ts.SyntaxKind.FalseKeyword) return fixed(false)
    const direct = environmentName(ts, node)
    if (direct !== null) return variable(direct)
    if (ts.isIdentifier(node)) return this.#name(place, node)
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      return this.#property(place, node)
    }
    if (ts.isConditionalExpression(node)) {
      const [condition, yes, no] = [at(node.condition), at(node.whenTrue), at(node.whenFalse)]
      if (!condition || !yes || !no) return null
      const expression = `${conditionText(condition)} ? ${yes.expression} : ${no.expression}`
      return withParts(either(expression, yes, no), [yes, no])
    }
    if (ts.isBinaryExpression(node)) return this.#operation(node, at)
    if (ts.isTemplateExpression(node)) return this.#template(node, at)
    if (ts.isPrefixUnaryExpression(node)) {
      const operand = at(node.operand)
      const sign = { [ts.SyntaxKind.ExclamationToken]: '!', [ts.SyntaxKind.PlusToken]: '+' }[
        node.operator as number
      ]
      return operand && sign ? { ...operand, expression: sign + group(operand) } : null
    }
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, at)
    return ts.isCallExpression(node) ? this.#call(place.file, node, at) : null
  }

  #name(place: Place, node: ts.Identifier): Setting | null {
    if (node.text === 'undefined') return { expression: 'undefined', variables: [], fixed: [] }
    const resolved = resolveExpression(this.sources, place.file, node)
    if (resolved?.node && !this.#ts.isFunctionLike(resolved.node)) {
      return this.read({ file: resolved.file, node: resolved.node, hops: place.hops - 1 })
    }
    return this.#destructured(place, node.text)
  }

  /** `const { DB_HOST = 'localhost' } = process.env`, in this module or the one that exports it. */
  #destructured(place: Place, name: string): Setting | null {
    const { ts } = this.sources
    const imported = this.sources.index(place.file)?.imports.get(name)
    const origin = imported ? this.sources.resolve(place.file, imported.specifier) : null
    const file = origin ?? place.file
    const wanted = origin === null ? name : (imported?.imported ?? name)
    const source = this.sources.parse(file)
    let found: Setting | null = null
    if (!source) return null
    this.sources.walk(source, (node) => {
      if (found || !ts.isBindingElement(node) || node.name.getText() !== wanted) return
      const declaration = node.parent.parent
      if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return
      const property = (node.propertyName ?? node.name).getText()
      const isEnvironment = ENVIRONMENTS.has(declaration.initializer.getText())
      if (isEnvironment || NAME.test(property)) {
        const value = variable(property)
        const fallback = node.initializer && this.read({ ...place, file, node: node.initializer })
        found = fallback ? otherwise(value, fallback, '??') : value
        return
      }
      const object = this.#objectBehind(file, declaration.initializer, place.hops - 1)
      const inner = object && propertyOf(this.sources, object.node, property)
      if (object && inner) {
        found = this.read({ file: object.file, node: inner, hops: place.hops - 1 })
      }
    })
    return found
  }

  #property(
    place: Place,
    node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  ): Setting | null {
    const name = propertyName(this.#ts, node)
    if (name === null) return null
    const object = this.#objectBehind(place.file, node.expression, place.hops - 1)
    const value = object && propertyOf(this.sources, object.node, name)
    const found = value && this.read({ file: object.file, node: value, hops: place.hops - 1 })
    if (found) return found
    // A validated environment (`env.DATABASE_URL`) keeps the variables' own names.
    return NAME.test(name) ? variable(name) : null
  }

  #objectBehind(
    file: string,
    expression: ts.Expression,
    hops: number,
  ): { file: string; node: ts.Node } | null {
    const ts = this.#ts
    const node = this.sources.unwrap(expression)
    if (hops <= 0) return null
    if (ts.isPropertyAccessExpression(node)) {
      const outer = this.#objectBehind(file, node.expression, hops - 1)
      const inner = outer && propertyOf(this.sources, outer.node, node.name.text)
      if (inner && ts.isObjectLiteralExpression(inner)) return { file: outer.file, node: inner }
      if (inner && ts.isIdentifier(inner)) return this.#objectBehind(outer.file, inner, hops - 1)
    }
    if (ts.isObjectLiteralExpression(node)) return { file, node }
    const resolved = resolveExpression(this.sources, file, node)
    if (!resolved?.node) return null
    // `Object.freeze({ … })` and `schema.parse({ … })` give what they are given.
    const argument = ts.isCallExpression(resolved.node) ? resolved.node.arguments[0] : undefined
    return { file: resolved.file, node: argument ?? resolved.node }
  }

  #operation(node: ts.BinaryExpression, at: (node: ts.Node) => Setting | null): Setting | null {
    const operator = node.operatorToken.getText()
    const [left, right] = [at(node.left), at(node.right)]
    if (operator === '??' || operator === '||') {
      // What follows a value that is not known says nothing of it.
      return left && (right ? otherwise(left, right, operator) : left)
    }
    if (!left || !right || !(COMPARISONS.has(operator) || operator === '+')) return null
    return either(`${group(left)} ${operator} ${group(right)}`, left, right)
  }

  #template(node: ts.TemplateExpression, at: (node: ts.Node) => Setting | null): Setting | null {
    const template: (string | Setting)[] = [node.head.text]
    let expression = `\`${node.head.getText().slice(1, -2)}`
    for (const { expression: part, literal } of node.templateSpans) {
      const value = at(part)
      if (!value) return null
      template.push(value, literal.text)
      const end = this.#ts.isTemplateTail(literal) ? -1 : -2
      expression += `\${${value.expression}}${literal.getText().slice(1, end)}`
    }
    const values = template.filter((part) => typeof part !== 'string')
    const variables = [...new Set(values.flatMap((value) => value.variables))]
    return { expression: `${expression}\``, variables, fixed: [], template }
  }

  #object(node: ts.ObjectLiteralExpression, at: (node: ts.Node) => Setting | null): Setting | null {
    const properties: string[] = []
    for (const property of node.properties) {
      if (!this.#ts.isPropertyAssignment(property)) return null
      const value = at(property.initializer)
      if (!value) return null
      properties.push(`${property.name.getText()}: ${value.expression}`)
    }
    return { expression: `{ ${properties.join(', ')} }`, variables: [], fixed: [] }
  }

  /** `process.env.DATABASE_URL?.includes('localhost')`, `/localhost/.test(url)` */
  #question(node: ts.CallExpression, at: (node: ts.Node) => Setting | null): Setting | null {
    const callee = this.sources.unwrap(node.expression)
    const [argument] = node.arguments
    if (!this.#ts.isPropertyAccessExpression(callee) || !argument) return null
    const method = callee.name.text
    if (method === 'test' && this.#ts.isRegularExpressionLiteral(callee.expression)) {
      const text = at(argument)
      return text && asked(`${callee.expression.getText()}.test(${text.expression} ?? '')`)
    }
    if (!QUESTIONS.has(method)) return null
    const [text, part] = [at(callee.expression), at(argument)]
    if (!text || !part) return null
    // The host's type of a variable may be surer than that of process.env.
    const isSure = /^'[^']*'$/.test(text.expression)
    return asked(`${group(text)}${isSure ? '.' : '?.'}${method}(${part.expression})`)
  }

  #call(
    file: string,
    node: ts.CallExpression,
    at: (node: ts.Node) => Setting | null,
  ): Setting | null {
    const [first, second] = node.arguments
    const callee = node.expression.getText()
    if (CONVERSIONS.has(callee) && first) {
      const value = at(first)
      const radix = callee === 'parseInt' && second ? `, ${second.getText()}` : ''
      return value && { ...value, expression: `${callee}(${value.expression}${radix})` }
    }
    const asked = this.#question(node, at)
    if (asked) return asked
    // `required('DATABASE_URL')`, `env.get('DB_PORT', '5432')`: its own rules stay in the host.
    for (const argument of node.arguments) {
      if (this.#ts.isStringLiteralLike(argument) && NAME.test(argument.text)) {
        const fallback = argument === first && second ? at(second) : null
        const value = variable(argument.text)
        return fallback?.fixed.length === 1 ? otherwise(value, fallback, '??') : value
      }
    }
    const called = resolveExpression(this.sources, file, node.expression)?.node
    // `required(process.env.DB_HOST)` gives what it is given, `projectOf(url)` does not.
    if (called && !givesItsArgument(this.sources, called)) return null
    for (const argument of node.arguments) {
      const found = at(argument)
      if (found && found.variables.length > 0) return found
    }
    // `env.get('DATABASE_URL').required().asString()`
    const callOf = this.sources.unwrap(node.expression)
    if (this.#ts.isPropertyAccessExpression(callOf)) {
      const inner = this.sources.unwrap(callOf.expression)
      if (this.#ts.isCallExpression(inner)) return at(inner)
      // `process.env.DB_HOST.trim()`
      const name = environmentName(this.#ts, inner)
      if (name !== null && /^(trim|toString)$/.test(callOf.name.text)) return variable(name)
    }
    return null
  }
}

const ENVIRONMENTS = new Set(['process.env', 'import.meta.env', 'env', 'Deno.env'])

/** `process.env.NAME` and `process.env['NAME']` */
function environmentName(compiler: typeof ts, node: ts.Node): string | null {
  if (!compiler.isPropertyAccessExpression(node) && !compiler.isElementAccessExpression(node)) {
    return null
  }
  const holder = node.expression.getText()
  return holder === 'process.env' || holder === 'import.meta.env'
    ? propertyName(compiler, node)
    : null
}

function propertyName(
  compiler: typeof ts,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): string | null {
  if (compiler.isPropertyAccessExpression(node)) return node.name.text
  const { argumentExpression } = node
  return compiler.isStringLiteralLike(argumentExpression) ? argumentExpression.text : null
}

/** A value with another for when it is missing: what is fixed there can be overridden. */
export function otherwise(value: Setting, fallback: Setting, operator: '??' | '||'): Setting {
  if (value.expression === fallback.expression) return value
  const [left, right] = [value, fallback].map((part) =>
    part.expression.includes(operator === '??' ? '||' : '??')
      ? `(${part.expression})`
      : group(part, operator),
  )
  return {
    expression: `${left} ${operator} ${right}`,
    variables: [...new Set([...value.variables, ...fallback.variables])],
    fixed: value.variables.length > 0 ? value.fixed : [...value.fixed, ...fallback.fixed],
  }
}

function asked(expression: string): Setting {
  return { expression, variables: [], fixed: [] }
}

function either(expression: string, one: Setting, other: Setting): Setting {
  return {
    expression,
    variables: [...new Set([...one.variables, ...other.variables])],
    fixed: [...one.fixed, ...other.fixed],
  }
}

/** One address or another, each of which may be put together from parts. */
function withParts(setting: Setting, either: Setting[]): Setting {
  const parts: Record<string, OptionName> = {}
  for (const each of either) {
    Object.assign(parts, each.parts)
    for (const [option, { variables }] of partsOfUrl(each) ?? []) {
      for (const name of variables) parts[name] = option
    }
  }
  return Object.keys(parts).length > 0 ? { ...setting, parts } : setting
}

/** In parentheses unless it is one value, or a chain of the operator it is put beside. */
export function group({ expression }: Setting, beside = ''): string {
  const isOne = /^!?(process\.env\['\w+'\]|'[^']*'|`[^`]*`|[\w.]+|\w+\([^()]*\))$/.test(expression)
  const isChain = beside !== '' && !/[?:] |&&|=/.test(expression.replaceAll(beside, ''))
  return isOne || isChain ? expression : `(${expression})`
}

/** As it stands before a question mark. */
export function conditionText(condition: Setting): string {
  return condition.expression.includes(' ? ') ? group(condition) : condition.expression
}
