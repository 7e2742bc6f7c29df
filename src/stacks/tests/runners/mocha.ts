import type { DetectionContext } from '../../../host/context.js'
import { fitsGlob } from '../../../host/glob.js'
import { isInside } from '../../../host/host-files.js'
import { isRecord } from '../../../host/manifest.js'
import { namesIn, numberIn, wordsAfter, type HostRunner } from './runner.js'

const CONFIGS = ['.js', '.cjs', '.yaml', '.yml', '.jsonc', '.json'].map(
  (ending) => `.mocharc${ending}`,
)
const CALL = /\b_?mocha(?:\.js)?(?=\s|$)/

export const mocha: HostRunner = {
  name: 'mocha',
  title: 'Mocha',
  inScript: CALL,
  package: 'mocha',
  collects(context, path, command) {
    const named = [...wordsAfter(command, CALL), ...configured(context)]
    const specs = named.length > 0 ? named : ['test']
    return specs
      .map((spec) => spec.replace(/^\.\/|\/$/g, ''))
      .some((spec) => fitsGlob(path, spec) || (!/[*{?]/.test(spec) && isInside(path, spec)))
  },
  ignores: (folder) => `"ignore": ["${folder}/**"]`,
  read: (output) => ({
    passed: numberIn(output, /^ *(\d+) passing\b/gm),
    failures: namesIn(output, /^ {2,}\d+\) (.*?):?$/gm),
  }),
}

function configured(context: DetectionContext): string[] {
  const { files, manifest } = context
  const inManifest = manifest.json['mocha']
  if (isRecord(inManifest)) return [inManifest['spec']].flat().filter(isText)
  const file = files.firstFile(CONFIGS.map((name) => context.path(name)))
  const text = file === null ? '' : (files.read(file) ?? '')
  const value = /(?:^|[\s{,"'])spec["']?[ \t]*:[ \t]*(\[[^\]]*\]|(?:\s*\n\s*-[^\n]*)+|[^\n]*)/.exec(
    text,
  )
  return (value?.[1] ?? '').match(/[^\s"'`,[\]]+/g)?.filter((word) => word !== '-') ?? []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
