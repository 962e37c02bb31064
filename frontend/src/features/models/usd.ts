import { formatMoney } from '@/lib/format.ts'

/** Dollars as people read them; of less than a cent, that it is less. */
export function usdWords(amount: string): string {
  const value = Number(amount)
  if (value > 0 && value < 0.01) return '< $0.01'
  return formatMoney(value.toFixed(2), 'USD')
}
