/** What the process says with its exit code. Documented in the README. */
export const EXIT = {
  ok: 0,
  defect: 1,
  usage: 2,
  unclear: 3,
  unsupported: 4,
  conflict: 5,
  installFailed: 6,
  verificationFailed: 7,
  manualSteps: 8,
  /** The system refused to read or write. */
  system: 9,
  interrupted: 130,
} as const
