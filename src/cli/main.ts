import { outliveReaders } from './streams.js'
import { version } from './version.js'

const args = process.argv.slice(2)
const endWith = outliveReaders()

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  process.stdout.write(`${version}\n`)
} else {
  const [{ run }, { ignoreForcedColors }] = await Promise.all([
    import('./program.js'),
    import('./screen/colors.js'),
  ])
  ignoreForcedColors()
  process.exitCode = await endWith(await run(args))
}
