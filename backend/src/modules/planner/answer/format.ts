import { DateTime } from 'luxon'
import type { Column, Row } from '#contracts/query.ts'

/** Figures and times as people write them in English. */
export interface Formatter {
  number(value: number): string
  money(value: string, currency: string | null): string
  cell(value: unknown, column: Column, row: Row): string
  date(value: string): string
}

const plainFormats = new Map<string, Intl.NumberFormat>()

/** Making one takes longer than writing a hundred figures with it. */
function plainFormat(locale: string): Intl.NumberFormat {
  const format = plainFormats.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  plainFormats.set(locale, format)
  return format
}

export function createFormatter(timeZone: string, locale = 'en-US'): Formatter {
  const plain = plainFormat(locale)
  const money = (value: string, currency: string | null) => {
    const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
    const cents = fraction.padEnd(2, '0').slice(0, 2)
    // Grouped by hand: a decimal string may hold more digits than a float.
    const rounded = fraction.length > 2 ? Number(value.replace('-', '')).toFixed(2) : undefined
    const [digits, rest] = rounded === undefined ? [whole, cents] : (rounded.split('.') as [string, string])
    const text = `${digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${rest === '00' ? '' : `.${rest}`}`
    const sign = value.startsWith('-') ? '-' : ''
    const symbols: Record<string, string> = { USD: '$', EUR: '€', GBP: '£' }
    if (currency === null || currency === '') return `${sign}${text}`
    const symbol = symbols[currency]
    return symbol === undefined ? `${sign}${text} ${currency}` : `${sign}${symbol}${text}`
  }
  const date = (value: string) => {
    const parsed = DateTime.fromISO(value, { zone: timeZone })
    return parsed.isValid ? parsed.setLocale('en').toFormat('d LLL yyyy') : value
  }
  return {
    number: (value) => plain.format(value),
    money,
    date,
    cell(value, column, row) {
      if (value === null || value === undefined || value === '') return 'none'
      switch (column.type) {
        case 'money':
          return money(String(value), typeof row.currency === 'string' ? row.currency : null)
        case 'percent':
          return `${plain.format(Math.round(Number(value) * 1000) / 10)}%`
        case 'days':
          return `${plain.format(Math.round(Number(value) * 10) / 10)} days`
        case 'integer':
        case 'number':
          return plain.format(Number(value))
        case 'date':
          return date(String(value))
        case 'datetime':
          return DateTime.fromISO(String(value), { zone: timeZone }).setLocale('en').toFormat('d LLL yyyy, HH:mm')
        case 'boolean':
          return value === true ? 'yes' : 'no'
        default:
          return Array.isArray(value) ? (value.length === 0 ? 'none' : value.join(', ')) : String(value)
      }
    },
  }
}

/** "A", "A and B", "A, B and C". */
export function sentenceList(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
