/** An exact decimal: `digits / 10^scale`. Money is never a binary float here. */
export interface Decimal {
  digits: bigint
  scale: number
}

export const ZERO: Decimal = { digits: 0n, scale: 0 }

export function decimal(digits: bigint, scale = 0): Decimal {
  while (scale > 0 && digits % 10n === 0n) {
    digits /= 10n
    scale--
  }
  return { digits, scale }
}

export function times(value: Decimal, factor: Decimal): Decimal {
  return decimal(value.digits * factor.digits, value.scale + factor.scale)
}

/** `value / divisor` when it ends within twelve places (the most Polar stores), otherwise null. */
export function dividedBy(value: Decimal, divisor: Decimal): Decimal | null {
  if (divisor.digits === 0n) return null
  const numerator = value.digits * 10n ** BigInt(12 + divisor.scale)
  const denominator = divisor.digits * 10n ** BigInt(value.scale)
  if (numerator % denominator !== 0n) return null
  return decimal(numerator / denominator, 12)
}

/** The value as a whole number, or null when it has a fraction or is too large to be exact. */
export function wholeNumber(value: Decimal): number | null {
  const { digits, scale } = decimal(value.digits, value.scale)
  if (scale > 0 || digits > BigInt(Number.MAX_SAFE_INTEGER)) return null
  return Number(digits)
}

export function decimalText(value: Decimal): string {
  const { digits, scale } = decimal(value.digits, value.scale)
  if (scale === 0) return digits.toString()
  const text = digits.toString().padStart(scale + 1, '0')
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`
}

/** Inverse of `decimalText`. Takes only what that writes. */
export function decimalOf(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.')
  return decimal(BigInt(whole + fraction), fraction.length)
}
