import type { DateOrder } from '#contracts/import.ts'

/** What a column's cells look like. */
export interface ColumnProfile {
  filled: number
  emails: number
  emailLists: number
  phones: number
  urls: number
  numbers: number
  booleans: number
  /** Dates whose reading is certain: ISO, named months, or day-point-month. */
  dates: number
  /** Like 3/4/2025: only the whole column tells which comes first. */
  slashDates: number
  firstOver12: number
  secondOver12: number
  /** Dates with a time other than midnight. */
  times: number
  /** Numbers that only make sense with a decimal comma, or with a decimal point. */
  commaDecimals: number
  pointDecimals: number
  /** Numbers like 1.234, in which the point may stand before decimals or thousands. */
  pointGroups: number
  /** The file separates its cells with ";", as where the comma stands before decimals. */
  semicolonFile: boolean
  longest: number
  semicolons: number
  /** Distinct values in order of appearance, until there are too many to matter. */
  distinct: Map<string, number>
}

export const maxDistinct = 200
const emailPattern = /^[^\s@;,]+@[^\s@;,]+$/
const phonePattern = /^\+?[\d\s().\-/]{6,20}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i
const urlPattern = /^(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:\/\S*)?$/i
const numberPattern = /^[-+(]?\s?\p{Sc}?\s?[-+]?\d[\d\s.,'’]*\)?\s?(?:\p{Sc}|%|[A-Z]{3})?$/u
const booleanWords = new Set(['true', 'false', 'yes', 'no', 'y', 'n', 'ja', 'nein', 'wahr', 'falsch'])
export const slashPattern = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?)?$/i
const isoPattern = /^\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{0,2})?)?$/i
const month = '(?:jan|feb|mar|mär|mae|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*'
const namedMonthPattern = new RegExp(
  `^(?:\\d{1,2}(?:st|nd|rd|th|\\.)?[\\s-]+${month}\\.?,?[\\s-]\\d{2,4}|${month}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})\\b`,
  'i',
)

export function emptyProfile(): ColumnProfile {
  return {
    filled: 0,
    emails: 0,
    emailLists: 0,
    phones: 0,
    urls: 0,
    numbers: 0,
    booleans: 0,
    dates: 0,
    slashDates: 0,
    firstOver12: 0,
    secondOver12: 0,
    times: 0,
    commaDecimals: 0,
    pointDecimals: 0,
    pointGroups: 0,
    semicolonFile: false,
    longest: 0,
    semicolons: 0,
    distinct: new Map(),
  }
}

/** @param times how often the cell stands in the column */
export function addToProfile(profile: ColumnProfile, cell: string, times = 1): void {
  const text = cell.trim()
  if (text === '') return
  profile.filled += times
  profile.longest = Math.max(profile.longest, text.length)
  if (profile.distinct.size < maxDistinct || profile.distinct.has(text)) profile.distinct.set(text, (profile.distinct.get(text) ?? 0) + times)
  if (text.length > 200) return
  if (emailPattern.test(text)) profile.emails += times
  else if (text.includes(';')) {
    profile.semicolons += times
    if (text.split(';').every((part) => part.trim() === '' || emailPattern.test(part.trim()))) profile.emailLists += times
  } else if (booleanWords.has(text.toLowerCase())) profile.booleans += times
  const slash = slashPattern.exec(text)
  if (slash !== null) {
    addSlashDate(profile, slash, times)
    return
  }
  if (isoPattern.test(text) || namedMonthPattern.test(text)) {
    profile.dates += times
    if (/\d:\d/.test(text) && !/\b00?:00(?::00)?(?:\.0+)?\s*(?:Z|$)/.test(text)) profile.times += times
    return
  }
  if (phonePattern.test(text) && /[\s()\-+]/.test(text) && !/^[-+]?\d[\d.,]*$/.test(text)) profile.phones += times
  if (numberPattern.test(text)) addNumber(profile, text, times)
  else if (urlPattern.test(text)) profile.urls += times
}

function addSlashDate(profile: ColumnProfile, match: RegExpExecArray, times: number): void {
  const [, first, separator, second, , hour, minute] = match
  if (hour !== undefined && (Number(hour) !== 0 || Number(minute) !== 0)) profile.times += times
  // 31.12.2025 is day first wherever it is written.
  if (separator === '.') {
    profile.dates += times
    return
  }
  profile.slashDates += times
  if (Number(first) > 12) profile.firstOver12 += times
  if (Number(second) > 12) profile.secondOver12 += times
}

function addNumber(profile: ColumnProfile, text: string, times: number): void {
  profile.numbers += times
  const digits = text.replace(/[^\d.,]/g, '')
  const comma = digits.lastIndexOf(',')
  const point = digits.lastIndexOf('.')
  if (comma >= 0 && point >= 0) profile[comma > point ? 'commaDecimals' : 'pointDecimals'] += times
  else if (comma >= 0 && !/^\d{1,3}(,\d{3})+$/.test(digits)) profile.commaDecimals += times
  else if (point >= 0) profile[/^\d{1,3}(\.\d{3})+$/.test(digits) ? 'pointGroups' : 'pointDecimals'] += times
}

/** The order of day and month in a column: what its values prove, or `ambiguous` when none does, or undefined without such dates. */
export function dateOrderOf(profile: ColumnProfile): DateOrder | 'ambiguous' | 'mixed' | undefined {
  if (profile.slashDates === 0) return undefined
  if (profile.firstOver12 > 0 && profile.secondOver12 > 0) return 'mixed'
  if (profile.firstOver12 > 0) return 'dmy'
  if (profile.secondOver12 > 0) return 'mdy'
  return 'ambiguous'
}
