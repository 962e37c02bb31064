import { type EntityName, entities } from '#contracts/entities.ts'
import { currencySymbol, type FormatWords, inThousands, plainFormat } from './formatter.ts'
import type { NounPhrases, Subject } from './phrase-book.ts'

export const englishFormat: FormatWords = {
  language: 'en',
  locale: 'en-US',
  date: 'd LLL yyyy',
  dateTime: 'd LLL yyyy, HH:mm',
  none: 'none',
  yes: 'yes',
  no: 'no',
  percent: (figure) => `${figure}%`,
  days: (figure) => `${figure} days`,
  money({ sign, whole, hundredths, currency }) {
    const text = `${inThousands(whole, ',')}${hundredths === '00' ? '' : `.${hundredths}`}`
    if (currency === null) return `${sign}${text}`
    const symbol = currencySymbol(currency)
    return symbol === undefined ? `${sign}${text} ${currency}` : `${sign}${symbol}${text}`
  },
}

export function englishNumber(value: number): string {
  return plainFormat(englishFormat.locale).format(value)
}

/** "A", "A and B", "A, B and C". */
export function englishList(items: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (items.length <= 1) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A label inside a sentence; "SKU" and the like stay as they are. */
export function lowered(label: string): string {
  return /^[A-Z]{2,}/.test(label) ? label : label.toLowerCase()
}

export function englishEntity(entity: EntityName, count: number): string {
  const { label, labelPlural } = entities[entity]
  return (count === 1 ? label : labelPlural).toLowerCase()
}

export function englishSubject({ entity, state }: Subject, count: number): string {
  return state === undefined ? englishEntity(entity, count) : `${state} ${englishEntity(entity, count)}`
}

export const englishNouns: NounPhrases = {
  entity: englishEntity,
  heading: (entity) => entities[entity].labelPlural,
  subject: englishSubject,
  value: (_entity, _path, value) => value,
}
