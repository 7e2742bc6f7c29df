/** The Node that the SDK's package.json asks for. It runs under Node 20 all the same. */
const ASKED_FOR = 22

/** A package manager that minds what packages ask for refuses the SDK under this Node. */
export function isBelowSdkEngine(node = process.versions.node): boolean {
  return Number.parseInt(node, 10) < ASKED_FOR
}

/** @param command the installation that is not refused: 'yarn install --ignore-engines' */
export function engineStep(command: string): { code: string; text: string } {
  return {
    code: 'ignore_engines',
    text:
      `Install with \`${command}\`, also on CI, or move to Node ${ASKED_FOR}: ` +
      '@polar-sh/sdk runs under Node 20, but its package.json asks for a later one',
  }
}
