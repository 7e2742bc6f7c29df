/**
 * The notices that bundling a package obliges to pass on: its license, the notices of what is
 * inside it in turn, and the copyright comments of its sources, which minifying takes out.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

const PACKAGE_FILE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/
const LICENSE = /^(?:licen[cs]e|copying)(?:[.-]|$)/i
const NOTICE = /^(?:notice|third-?party-?(?:notice|licen[cs]e)s?|patents)/i
const COMMENT = /^[ \t]*\/\*[^]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm
const COPYRIGHT = /copyright|@license|@preserve/i
const RULE = '-'.repeat(60)

/**
 * Whole packages that stand, as one file, in another package: where, which package has the same
 * code with its license and notices, and how the file says which version it is.
 */
const VENDORED = [
  {
    file: 'node_modules/@ts-morph/common/dist/typescript.js',
    package: 'node_modules/typescript',
    version: /^var version = "([^"]+)";$/m,
  },
]

/**
 * The text of the license file.
 *
 * @param {string[]} inputs the files of the bundle, relative to `root`, as esbuild lists them
 * @param {string} root
 * @returns {string}
 * @throws {Error} with the package's name where one has no license text, or where the notices at
 *   hand are of another release than the code
 */
export function thirdPartyLicenses(inputs, root) {
  const files = inputs.map((input) => input.replaceAll('\\', '/'))
  const packages = new Map()
  for (const file of files) {
    const folder = PACKAGE_FILE.exec(file)?.[0]
    if (folder) packages.set(folder, [...(packages.get(folder) ?? []), file])
  }
  const entries = [...packages].map(([folder, sources]) => licenseOf(root, folder, sources))
  for (const each of VENDORED) {
    if (files.includes(each.file)) entries.push(vendoredLicense(root, each))
  }
  return `${[...new Set(entries)].sort().join('\n\n')}\n`
}

function licenseOf(root, folder, sources) {
  const { name, version, license } = manifestOf(root, folder)
  return entry(root, folder, {
    title: `${name} ${version} (${license})`,
    comments: copyrightComments(root, sources),
  })
}

function vendoredLicense(root, { file, package: folder, version }) {
  const manifest = manifestOf(root, folder)
  const bundled = version.exec(readFileSync(join(root, file), 'utf8'))?.[1]
  if (release(bundled) !== release(manifest.version)) {
    throw new Error(
      `${file} is ${manifest.name} ${bundled}, and the notices in ${folder} are of ${manifest.version}. ` +
        'Install the same minor version.',
    )
  }
  const title = `${manifest.name} ${bundled} (${manifest.license}), in ${file.slice('node_modules/'.length)}`
  return entry(root, folder, { title, comments: [] })
}

function release(version) {
  return version?.split('.').slice(0, 2).join('.')
}

function entry(root, folder, { title, comments }) {
  const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []
  const license = textsOf(root, folder, names, LICENSE)
  if (license.length === 0) {
    throw new Error(
      `${title} has no license text in ${folder}: it cannot be bundled without the text it asks to pass on.`,
    )
  }
  return [title, RULE, ...license, ...textsOf(root, folder, names, NOTICE), ...comments].join('\n')
}

function textsOf(root, folder, names, kind) {
  return names
    .filter((name) => kind.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8').trim())
    .filter((text) => text !== '')
}

/** Each said once, however many files of the package say it. */
function copyrightComments(root, sources) {
  const comments = sources.flatMap((source) => {
    const text = readFileSync(join(root, source), 'utf8')
    return (text.match(COMMENT) ?? []).filter((comment) => COPYRIGHT.test(comment))
  })
  return [...new Set(comments.map((comment) => comment.trim()))]
}

function manifestOf(root, folder) {
  const path = join(root, folder, 'package.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${relative(root, path)} cannot be read`, { cause: error })
  }
}
