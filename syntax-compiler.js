/**
 * The part of TypeScript's compiler that reads syntax. The whole of it is one function around nine
 * megabytes, of which loading alone takes longer than most runs of the command. Here it becomes a
 * module whose parts are only there when something asks for them, so that the bundler leaves out the
 * checker, the emitter, and what serves editors.
 */

const BODY_BEGINS = '((module) => {'
/** The language server comes last; nothing before it needs it. */
const SERVER_BEGINS = '\n// src/server/'

/**
 * @param {string} source the text of TypeScript's own bundle, a CommonJS script
 * @param {string[]} names what is used of it
 * @param {typeof import('typescript')} ts reads the script
 * @returns {string} an ECMAScript module that exports these names
 * @throws {Error} where the script is not built as expected, or lacks a name
 */
export function syntaxCompiler(source, names, ts) {
  const [begin, end] = [source.indexOf(BODY_BEGINS), source.indexOf(SERVER_BEGINS)]
  if (begin < 0 || end < 0) throw new Error('TypeScript is bundled in another way than before.')
  const body = source.slice(begin + BODY_BEGINS.length, end)
  const file = ts.createSourceFile('typescript.js', body, ts.ScriptTarget.Latest)
  const declared = new Set(file.statements.flatMap((one) => declaredNames(one, ts)))
  const missing = names.filter((name) => !declared.has(name))
  if (missing.length > 0) throw new Error(`TypeScript does not declare ${missing.join(', ')}.`)

  let module =
    'const __exported = (all) => { const made = {}; __export(made, all); return made };\n'
  let kept = 0
  const namespaces = new Map()
  for (const statement of file.statements) {
    const name = namespaceName(statement, file, ts)
    if (name) namespaces.set(name, (namespaces.get(name) ?? 0) + 1)
  }
  for (const statement of file.statements) {
    const instead = insteadOf(statement, file, ts, (name) => namespaces.get(name) === 1)
    if (instead === null) continue
    module += body.slice(kept, statement.getStart(file)) + instead
    kept = statement.end
  }
  return `${module}${body.slice(kept)}\nexport { ${names.join(', ')} };\n`
}

function declaredNames(statement, ts) {
  if (ts.isFunctionDeclaration(statement)) return [statement.name.text]
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.map(({ name }) => name.text)
}

/**
 * What a statement becomes that does something when the module is loaded, so that it is left out
 * where its result is not used; null where it stays.
 */
function insteadOf(statement, file, ts, isWhole) {
  if (!ts.isExpressionStatement(statement)) return null
  const { expression } = statement
  if (ts.isBinaryExpression(expression)) {
    return expression.left.getText(file) === 'module.exports' ? '' : null
  }
  if (!ts.isCallExpression(expression)) return null
  switch (expression.expression.getText(file)) {
    case 'registerRefactor':
    case 'registerCodeFix':
      return ''
    case '__export': {
      const [target, names] = expression.arguments.map((each) => each.getText(file))
      if (target === 'typescript_exports') return ''
      return `var ${target} = /* @__PURE__ */ __exported(${names});`
    }
  }
  const name = namespaceName(statement, file, ts)
  if (name === null || !isWhole(name)) return null
  const build = expression.expression.expression
  const [parameter] = build.parameters
  const text = build.getText(file).replace(/\}$/, `return ${parameter.getText(file)} }`)
  return `var ${name} = /* @__PURE__ */ (${text})({});`
}

/** `((X2) => { … })(X || (X = {}))`, as a namespace is written, gives 'X'. */
function namespaceName(statement, file, ts) {
  const call = ts.isExpressionStatement(statement) ? statement.expression : null
  if (!call || !ts.isCallExpression(call)) return null
  const callee = call.expression
  if (!ts.isParenthesizedExpression(callee) || !ts.isArrowFunction(callee.expression)) return null
  const [argument] = call.arguments
  return /^(\w+) \|\| \(\1 = \{\}\)$/.exec(argument?.getText(file) ?? '')?.[1] ?? null
}
