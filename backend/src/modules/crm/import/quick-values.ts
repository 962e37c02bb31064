import type { FieldType } from '#contracts/entities.ts'

/**
 * Reads the commonest spelling of a value at a fraction of what reading any spelling costs; undefined leaves it to the careful way.
 * It must never say anything else than that: a test holds the two together.
 */
export type QuickReader = (text: string) => unknown

/** Nothing to trim and nothing that cannot be stored. */
const plainText = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const isoDay = /^\d{4}-\d\d-\d\d$/
const isoSecond = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const plainDecimal = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/
const plainInteger = /^(?:0|[1-9]\d{0,8})$/
const plainEmail = /^[a-z0-9._+-]+@[a-z0-9.-]+$/i

const upTo =
  (length: number): QuickReader =>
  (text) =>
    text.length <= length && plainText.test(text) ? text : undefined

const readers: Partial<Record<FieldType, QuickReader>> = {
  text: upTo(1000),
  reference: upTo(1000),
  longText: upTo(1000),
  phone: upTo(60),
  email: (text) => (text.length <= 320 && plainEmail.test(text) ? text : undefined),
  date: (text) => (isoDay.test(text) && isDay(text) ? text : undefined),
  datetime: (text) => (isoSecond.test(text) && isDay(text) && isTime(text) ? `${text.slice(0, 19)}.000Z` : undefined),
  money: (text) => (plainDecimal.test(text) ? text : undefined),
}

/** @param rules whether the field has choices or bounds to keep */
export function quickReaderOf(type: FieldType, rules: { min?: number | undefined; max?: number | undefined }): QuickReader | undefined {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rules
  const bounded = (pattern: RegExp) => (text: string) => {
    if (!pattern.test(text)) return undefined
    const value = Number(text)
    return value >= min && value <= max ? value : undefined
  }
  if (type === 'integer') return bounded(plainInteger)
  if (type === 'number') return bounded(plainDecimal)
  return readers[type]
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(text: string): boolean {
  const year = Number(text.slice(0, 4))
  const month = Number(text.slice(5, 7))
  const day = Number(text.slice(8, 10))
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (daysOfMonth[month - 1] as number) + (month === 2 && isLeap ? 1 : 0)
}

function isTime(text: string): boolean {
  return Number(text.slice(11, 13)) < 24 && Number(text.slice(14, 16)) < 60 && Number(text.slice(17, 19)) < 60
}
