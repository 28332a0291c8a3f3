/** Minor units → decimal text: 4990 with two decimals → `49.90`; never through a fraction. */
export function toMajorText(minor: number, decimals: number): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  return `${minor < 0 ? '-' : ''}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ''}`
}

/** The shortest decimal text of a price, as configurations have it: `49.9`, `60`. */
export function toPriceText(minor: number, decimals: number): string {
  const text = toMajorText(minor, decimals)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
