import { DateTime } from 'luxon'
import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { Column, Row } from '#contracts/query.ts'

/** Figures and times as people write them in a language. */
export interface Formatter {
  number(value: number): string
  money(value: string, currency: string | null): string
  cell(value: unknown, column: Column, row: Row): string
  date(value: string): string
}

/** How a language writes figures and times. */
export interface FormatWords {
  language: Language
  /** BCP 47 tag by which numbers are written. */
  locale: string
  date: string
  dateTime: string
  none: string
  yes: string
  no: string
  percent(figure: string): string
  days(figure: string, days: number): string
  /** An amount of whole units and hundredths, both in digits. */
  money(amount: { sign: '' | '-'; whole: string; hundredths: string; currency: string | null }): string
}

const plainFormats = new Map<string, Intl.NumberFormat>()

/** Making one takes longer than writing a hundred figures with it. */
export function plainFormat(locale: string): Intl.NumberFormat {
  const format = plainFormats.get(locale) ?? new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  plainFormats.set(locale, format)
  return format
}

const symbols: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£' }

/** "$" of USD; undefined for what is written by its code. */
export function currencySymbol(currency: string): string | undefined {
  return symbols[currency]
}

/** Whole units in groups of three; by hand, since a decimal string may hold more digits than a float. */
export function inThousands(digits: string, separator: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, separator)
}

/** Writes figures and times by a language's words, in a time zone. */
export function createFormatter(words: FormatWords, timeZone: string): Formatter {
  const plain = plainFormat(words.locale)
  const money = (value: string, currency: string | null) => {
    const positive = value.replace('-', '')
    const fraction = positive.split('.')[1] ?? ''
    const rounded = fraction.length > 2 ? Number(positive).toFixed(2) : positive
    const [whole = '0', rest = ''] = rounded.split('.')
    return words.money({ sign: value.startsWith('-') ? '-' : '', whole, hundredths: rest.padEnd(2, '0'), currency: currency === '' ? null : currency })
  }
  const date = (value: string) => {
    const parsed = DateTime.fromISO(value, { zone: timeZone })
    return parsed.isValid ? parsed.setLocale(words.language).toFormat(words.date) : value
  }
  return {
    number: (value) => plain.format(value),
    money,
    date,
    cell(value, column, row) {
      if (value === null || value === undefined || value === '') return words.none
      switch (column.type) {
        case 'money':
          return money(String(value), typeof row.currency === 'string' ? row.currency : null)
        case 'percent':
          return words.percent(plain.format(Math.round(Number(value) * 1000) / 10))
        case 'days': {
          const days = Math.round(Number(value) * 10) / 10
          return words.days(plain.format(days), days)
        }
        case 'integer':
        case 'number':
          return plain.format(Number(value))
        case 'date':
          return date(String(value))
        case 'datetime':
          return DateTime.fromISO(String(value), { zone: timeZone }).setLocale(words.language).toFormat(words.dateTime)
        case 'boolean':
          return value === true ? words.yes : words.no
        default:
          return Array.isArray(value) ? (value.length === 0 ? words.none : value.join(', ')) : String(value)
      }
    },
  }
}
