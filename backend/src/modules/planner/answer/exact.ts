/** Money as whole hundredths: a decimal string may hold more digits than a float. */
export function cents(value: unknown): bigint {
  if (value === null || value === undefined) return 0n
  const text = String(value)
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const amount = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2) || '0')
  return text.startsWith('-') ? -amount : amount
}

export function fromCents(value: bigint): string {
  const positive = value < 0n ? -value : value
  return `${value < 0n ? '-' : ''}${positive / 100n}.${String(positive % 100n).padStart(2, '0')}`
}

/** Sum or difference of figures of one column, as the column writes them. */
export function combine(values: readonly unknown[], isMoney: boolean, sign: 1 | -1 = 1): unknown {
  if (isMoney) return fromCents(values.reduce<bigint>((sum, value, index) => (index === 0 ? cents(value) : sum + BigInt(sign) * cents(value)), 0n))
  return values.reduce<number>((sum, value, index) => (index === 0 ? Number(value ?? 0) : sum + sign * Number(value ?? 0)), 0)
}
