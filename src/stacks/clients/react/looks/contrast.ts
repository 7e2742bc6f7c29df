/**
 * The contrast of white text on a color, as WCAG 2 has it: 1 to 21. Null for what is not written as
 * a hexadecimal or `rgb()` color without transparency.
 */
export function whiteContrastOf(color: string): number | null {
  const channels = channelsOf(color.trim().toLowerCase())
  if (!channels) return null
  const [red, green, blue] = channels.map(linear) as [number, number, number]
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

function channelsOf(color: string): number[] | null {
  const [, short] = /^#([0-9a-f]{3})$/.exec(color) ?? []
  const hex = short?.replace(/./g, '$&$&') ?? /^#([0-9a-f]{6})$/.exec(color)?.[1]
  if (hex !== undefined) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16))
  const rgb = /^rgb\(\s*(\d{1,3})\s*,?\s+(\d{1,3})\s*,?\s+(\d{1,3})\s*\)$/.exec(color)
  return rgb ? rgb.slice(1).map(Number) : null
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
