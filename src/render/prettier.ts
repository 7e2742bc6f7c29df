import type { Options } from 'prettier'
import { format } from 'prettier/standalone'
import * as babel from 'prettier/plugins/babel'
import * as estree from 'prettier/plugins/estree'
import * as markdown from 'prettier/plugins/markdown'
import * as postcss from 'prettier/plugins/postcss'

/** Code blocks in Markdown ask for the TypeScript parser; Babel reads them as it does the files. */
const babelForTypeScript = { parsers: { typescript: babel.parsers['babel-ts'] } }

/** Prettier without its file system half: the options decide, no configuration is searched. */
export function formatWith(text: string, options: Options): Promise<string> {
  return format(text, {
    ...options,
    plugins: [estree as never, babel, babelForTypeScript, markdown, postcss],
  })
}
