import type { Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { lineOfText } from '../../../../host/text.js'

const BACK =
  /\.get\(\s*["'`](next|from|returnTo|return_to|returnUrl|redirect|redirectTo|redirect_to|redirectUrl|callbackUrl|continue)["'`]\s*\)/
const SIGN_IN = /log-?in|sign-?in/i

/** The query parameter with which the page where people sign in sends them on. */
export function detectSignInBack(
  { files }: DetectionContext,
  modules: string[],
): Found<string> | null {
  for (const file of modules) {
    const text = files.read(file) ?? ''
    const [words, name] = BACK.exec(text) ?? []
    if (words === undefined || name === undefined || !(SIGN_IN.test(file) || SIGN_IN.test(text)))
      continue
    const evidence = [{ file, line: lineOfText(text, words) ?? 1 }]
    return { value: name, source: 'detected', evidence }
  }
  return null
}
