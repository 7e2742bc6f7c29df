import type { Options } from 'prettier'
import { format } from 'prettier/standalone'
import * as babel from 'prettier/plugins/babel'
import * as estree from 'prettier/plugins/estree'
import * as markdown from 'prettier/plugins/markdown'
import * as postcss from 'prettier/plugins/postcss'

/** Prettier without its file system half: the options decide, no configuration is searched. */
export function formatWith(text: string, options: Options): Promise<string> {
  return format(text, {
    ...options,
    plugins: [estree as never, babel, markdown, postcss],
  })
}
