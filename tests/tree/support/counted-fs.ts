import * as real from 'node:fs/promises'

/*
 * Stands in for node:fs/promises in the child: the process dies right before the given call, those
 * of file handles included, so that nothing between two named steps goes untested.
 */

let calls = 0

type AnyFunction = (...args: never[]) => unknown

function counted<F extends AnyFunction>(call: F, self?: object): F {
  const counting = (...args: never[]): unknown => {
    if (String(calls) === process.env.KILL_AT_CALL) process.kill(process.pid, 'SIGKILL')
    calls += 1
    return call.apply(self, args)
  }
  return counting as F
}

const HANDLE_METHODS = [
  'writeFile',
  'write',
  'truncate',
  'chmod',
  'chown',
  'utimes',
  'sync',
  'close',
] as const

export const open = counted(async (...args: Parameters<typeof real.open>) => {
  const handle = await real.open(...args)
  for (const name of HANDLE_METHODS) {
    const method = (handle[name] as AnyFunction).bind(handle)
    Object.defineProperty(handle, name, { value: counted(method) })
  }
  return handle
})

export const chmod = counted(real.chmod)
export const copyFile = counted(real.copyFile)
export const lstat = counted(real.lstat)
export const mkdir = counted(real.mkdir)
export const mkdtemp = counted(real.mkdtemp)
export const readdir = counted(real.readdir)
export const readFile = counted(real.readFile)
export const readlink = counted(real.readlink)
export const realpath = counted(real.realpath)
export const rename = counted(real.rename)
export const rm = counted(real.rm)
export const rmdir = counted(real.rmdir)
export const stat = counted(real.stat)
export const symlink = counted(real.symlink)
export const unlink = counted(real.unlink)
export const utimes = counted(real.utimes)

/** How many calls there were; printed by the child for choosing where to die. */
export const callsSoFar = (): number => calls
