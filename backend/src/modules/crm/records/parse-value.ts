import { DateTime } from 'luxon'
import { isUuid } from '#backend/kernel/ids.ts'
import type { FieldType } from '#contracts/entities.ts'

/** What a raw value became, or why it cannot be one of its type. `null` empties the field. */
export type ParsedValue = { value: unknown } | { problem: string }

export interface ParseContext {
  /** Zone of times without one. */
  timeZone: string
}

export interface ValueRules {
  choices?: readonly string[] | undefined
  min?: number | undefined
  max?: number | undefined
}

const currencies = new Set(Intl.supportedValuesOf('currency'))
const truths = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
])
const maxText = 1000
const maxLongText = 2_000_000
const maxListItems = 200

/** Turns one raw value (from JSON or a file's cell) into the typed value of its field. */
export function parseValue(type: FieldType, raw: unknown, rules: ValueRules, context: ParseContext): ParsedValue {
  if (raw === null || raw === undefined) return { value: type === 'tags' || type === 'list' ? [] : null }
  if (type === 'tags' || type === 'list' || type === 'multiChoice') return parseList(raw, type === 'multiChoice' ? rules.choices : undefined)
  if (typeof raw === 'object') return { problem: 'must be a single value, not a list or an object' }
  const text = String(raw).trim()
  if (text === '') return { value: null }
  if (text.includes('\0')) return { problem: 'holds a NUL character; remove it' }
  if (!text.isWellFormed()) return { problem: 'holds a broken character; save the file as UTF-8' }
  return parsers[type](text, rules, context)
}

type Parser = (text: string, rules: ValueRules, context: ParseContext) => ParsedValue

const bounded =
  (limit: number): Parser =>
  (text) =>
    text.length > limit ? { problem: `is longer than ${limit} characters` } : { value: text }

const parsers: Record<Exclude<FieldType, 'tags' | 'list' | 'multiChoice'>, Parser> = {
  text: bounded(maxText),
  longText: bounded(maxLongText),
  reference: bounded(maxText),
  phone: bounded(60),
  id: (text) => (isUuid(text) ? { value: text.toLowerCase() } : { problem: `"${clip(text)}" is not a record id (UUID)` }),
  email: (text) =>
    /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 320
      ? { value: text }
      : { problem: `"${clip(text)}" is not an e-mail address; write it like name@example.com` },
  boolean: (text) => {
    const truth = truths.get(text.toLowerCase())
    return truth === undefined ? { problem: `"${clip(text)}" is neither yes nor no; write true or false` } : { value: truth }
  },
  currency: (text) =>
    currencies.has(text.toUpperCase()) ? { value: text.toUpperCase() } : { problem: `"${clip(text)}" is not an ISO 4217 currency; write it like USD or EUR` },
  integer: (text, rules) => {
    const decimal = parseDecimal(text)
    if (decimal === undefined || !/^-?\d+$/.test(decimal)) return { problem: `"${clip(text)}" is not a whole number` }
    if (Math.abs(Number(decimal)) > 2_147_483_647) return { problem: `"${clip(text)}" is too large` }
    return inRange(Number(decimal), rules)
  },
  number: (text, rules) => {
    const decimal = parseDecimal(text.replace(/%$/, ''))
    return decimal === undefined ? { problem: `"${clip(text)}" is not a number` } : inRange(Number(decimal), rules)
  },
  money: (text) => {
    const decimal = parseDecimal(text)
    return decimal === undefined ? { problem: `"${clip(text)}" is not an amount; write it like 1234.50` } : { value: decimal }
  },
  choice: (text, rules) => {
    if (rules.choices === undefined || rules.choices.length === 0) return bounded(200)(text, rules, { timeZone: 'UTC' })
    const choice = rules.choices.find((option) => option.toLowerCase() === text.toLowerCase())
    return choice === undefined ? { problem: `"${clip(text)}" is not one of ${rules.choices.join(', ')}` } : { value: choice }
  },
  date: (text, _rules, context) => {
    const instant = parseInstant(text, context.timeZone)
    if (instant === undefined) return { problem: `"${clip(text)}" is not a date; write it like 2025-01-31` }
    return { value: /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : instant.slice(0, 10) }
  },
  datetime: (text, _rules, context) => {
    const instant = parseInstant(text, context.timeZone)
    return instant === undefined ? { problem: `"${clip(text)}" is not a time; write it like 2025-01-31T14:30:00Z` } : { value: instant }
  },
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function inRange(value: number, rules: ValueRules): ParsedValue {
  if (rules.min !== undefined && value < rules.min) return { problem: `${value} is below ${rules.min}` }
  if (rules.max !== undefined && value > rules.max) return { problem: `${value} is above ${rules.max}` }
  return { value }
}

function parseList(raw: unknown, choices: readonly string[] | undefined): ParsedValue {
  const parts = Array.isArray(raw) ? raw : String(raw).split(';')
  if (parts.length > maxListItems) return { problem: `has more than ${maxListItems} entries` }
  const seen = new Map<string, string>()
  for (const part of parts) {
    if (typeof part !== 'string' && typeof part !== 'number') return { problem: 'must be a list of texts' }
    const text = String(part).trim()
    if (text === '') continue
    if (text.length > 320 || text.includes('\0') || !text.isWellFormed()) return { problem: `has an entry that is too long or cannot be stored` }
    const choice = choices === undefined || choices.length === 0 ? text : choices.find((option) => option.toLowerCase() === text.toLowerCase())
    if (choice === undefined) return { problem: `"${clip(text)}" is not one of ${choices?.join(', ')}` }
    if (!seen.has(choice.toLowerCase())) seen.set(choice.toLowerCase(), choice)
  }
  return { value: [...seen.values()] }
}

/**
 * A plain decimal string from "1234.5", "1,234.50", "1.234,50", "$50" or "€ 20"; undefined when it is no number.
 * A single comma or point followed by exactly three digits is read as a thousands separator only for the comma.
 */
export function parseDecimal(text: string): string | undefined {
  let plain = text
    .replace(/[\s\u00a0'’]/g, '')
    .replace(/^([-+]?)(?:\p{Sc}|[A-Z]{3})/u, '$1')
    .replace(/(?:\p{Sc}|[A-Z]{3})$/u, '')
  const negative = /^\(.*\)$/.test(plain) || plain.startsWith('-')
  plain = plain.replace(/^(?:[-+]|\((?=.*\)$))|\)$/g, '').replace(/^\p{Sc}/u, '')
  const comma = plain.lastIndexOf(',')
  const point = plain.lastIndexOf('.')
  if (comma >= 0 && point >= 0) plain = comma > point ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '')
  else if (comma >= 0) plain = /^\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.')
  else if (/^\d{1,3}(\.\d{3}){2,}$/.test(plain)) plain = plain.replaceAll('.', '')
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(plain) || plain.length > 30) return undefined
  const [whole = '0', fraction = ''] = plain.split('.')
  const digits = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits
}

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** ISO UTC instant of an ISO 8601 date or time; undefined when it is none or lies outside the years 1 to 9999. */
export function parseInstant(text: string, timeZone: string): string | undefined {
  const match = isoPattern.exec(text)
  if (match === null) return undefined
  const iso = text.replace(' ', 'T').replace(' ', '')
  if (match[1] === undefined && timeZone === 'UTC') {
    const date = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`)
    // The engine rolls 31 February over to March; the day must come back as written.
    if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso.slice(0, 10)) return undefined
    return date.toISOString()
  }
  const parsed = DateTime.fromISO(iso, { zone: timeZone })
  return parsed.isValid && parsed.year >= 1 ? (parsed.toUTC().toISO() ?? undefined) : undefined
}
