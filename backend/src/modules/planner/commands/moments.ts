import { DateTime } from 'luxon'

/** Days or a moment that words name. */
export interface Moment {
  from: DateTime
  /** Exclusive. */
  to: DateTime
  /** A time of day was said, so `from` is a moment. */
  timed: boolean
}

/** Which day of several is meant where its year is not said. */
export type Direction = 'future' | 'past' | 'nearest'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
  half: 0.5,
  'half a': 0.5,
  'half an': 0.5,
  'a couple of': 2,
  'a couple': 2,
}

/** Pattern of a number in digits or in words. */
export const numberPattern =
  '\\d+(?:\\.\\d+)?|half an?|half|a couple(?: of)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety'
/** How long a span may be said. */
export const spanPattern = `(?:(?:${numberPattern}) hours? and (?:a half|(?:${numberPattern}) min(?:ute)?s?)|(?:${numberPattern}) (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?))`
const weekdayPattern = 'mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?'
const monthPattern = 'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'

/** Patterns of the names of months and weekdays. */
export const dayPatterns = { month: monthPattern, weekday: weekdayPattern } as const

export function numberOf(text: string): number {
  const word = text.toLowerCase()
  return numbers[word] ?? Number(word)
}

const unitOf = (text: string) => {
  const unit = text.toLowerCase().replace(/s$/, '')
  return unit.startsWith('min') ? 'minute' : /^h(?:r|our)?$/.test(unit) ? 'hour' : (unit as 'day' | 'week' | 'month' | 'year')
}

const hoursAndMore = new RegExp(`^(${numberPattern}) hours? and (?:a half|(${numberPattern}) min(?:ute)?s?)$`)
const plainLength = new RegExp(`^(${numberPattern}) ?(min(?:ute)?s?|h(?:ou)?rs?|h|m)$`)

/** Minutes of "1.5 hours", "half-hour", "an hour and a half", "45 min", "1h30"; undefined for anything else. */
export function readMinutes(text: string): number | undefined {
  const said = text.toLowerCase().replaceAll('-', ' ').trim()
  const half = hoursAndMore.exec(said)
  if (half !== null) return numberOf(half[1] ?? '') * 60 + (half[2] === undefined ? 30 : numberOf(half[2]))
  const mixed = /^(\d+) ?h(?:ours?)? ?(\d+)(?: ?m(?:in(?:ute)?s?)?)?$/.exec(said)
  if (mixed !== null) return Number(mixed[1]) * 60 + Number(mixed[2])
  if (/^(?:one|an?|1) and a half hours?$/.test(said)) return 90
  if (/^(?:a )?quarter of an hour$/.test(said)) return 15
  const plain = plainLength.exec(said)
  if (plain === null) return undefined
  const amount = numberOf(plain[1] ?? '')
  return Math.round(amount * (/^h/.test(plain[2] ?? '') ? 60 : 1))
}

export type Span = { minutes?: number; days?: number; weeks?: number; months?: number; years?: number }

/** "3 days", "two weeks", "90 minutes": a length that a time can be moved by. */
export function readSpan(text: string): Span | undefined {
  const minutes = readMinutes(text)
  if (minutes !== undefined) return { minutes }
  const match = new RegExp(`^(${numberPattern}) (day|week|month|year)s?$`, 'i').exec(text.trim())
  return match === null ? undefined : { [`${unitOf(match[2] ?? '')}s`]: numberOf(match[1] ?? '') }
}

const day = (from: DateTime): Moment => ({ from, to: from.plus({ days: 1 }), timed: false })

/** No day and no hour is said in more characters; what is longer is not even looked at. */
const longestMoment = 100

/** Days that a phrase names, such as "December 4", "next Friday", "tomorrow", "this week", "in 3 days"; without a year the nearest to come, or past. */
export function readDay(text: string, now: DateTime, direction: Direction = 'future'): Moment | undefined {
  if (text.length > longestMoment) return undefined
  const said = text
    .toLowerCase()
    .replace(/^(?:on|for|the|at)\s+/, '')
    .replace(/^the\s+/, '')
    .replace(/,/g, '')
    .trim()
  const today = now.startOf('day')
  if (said === 'today') return day(today)
  if (said === 'tomorrow') return day(today.plus({ days: 1 }))
  if (/^(?:the )?day after tomorrow$/.test(said)) return day(today.plus({ days: 2 }))
  if (said === 'yesterday') return day(today.minus({ days: 1 }))
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said)
  if (iso !== null) {
    const at = DateTime.fromISO(said, { zone: now.zone })
    return at.isValid ? day(at) : undefined
  }
  return readWeekday(said, today, direction) ?? readCalendarDay(said, today, direction) ?? readRelative(said, today)
}

const weekdaySaid = new RegExp(`^(?:(next|this|last|this coming|coming) )?(?:week )?(${weekdayPattern})(?: (next|this|last) week)?$`)
const monthFirst = new RegExp(`^(?:(?:${weekdayPattern}) )?(${monthPattern}) (?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: (\\d{4}))?$`)
const dayFirst = new RegExp(`^(?:(?:${weekdayPattern}) )?(?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?(${monthPattern})(?: (\\d{4}))?$`)
const spanSaid = new RegExp(`^(?:in )?(${numberPattern}) (day|week|month|year)s?(?: (ago|from (?:now|today)|from tomorrow))?$`)
const monthSaid = new RegExp(`^(?:in )?(${monthPattern})(?: (\\d{4}))?$`)

function readWeekday(said: string, today: DateTime, direction: Direction): Moment | undefined {
  const match = weekdaySaid.exec(said)
  if (match === null) return undefined
  const index = weekdays.findIndex((name) => name.startsWith((match[2] ?? '').slice(0, 3)))
  const which = match[1] ?? match[3]
  const monday = today.startOf('week')
  if (which === 'next') return day(monday.plus({ weeks: 1, days: index }))
  if (match[3] === 'this') return day(monday.plus({ days: index }))
  if (match[3] === 'last') return day(monday.minus({ weeks: 1 }).plus({ days: index }))
  const ahead = (index - (today.weekday - 1) + 7) % 7
  if (which === 'last' || direction === 'past') return day(today.minus({ days: ahead === 0 ? 7 : 7 - ahead }))
  return day(today.plus({ days: ahead === 0 ? 7 : ahead }))
}

function readCalendarDay(said: string, today: DateTime, direction: Direction): Moment | undefined {
  const first = monthFirst.exec(said)
  const second = dayFirst.exec(said)
  const [name, number, year] = first !== null ? [first[1], first[2], first[3]] : second !== null ? [second[2], second[1], second[3]] : []
  if (name === undefined || number === undefined) return readDayOfMonth(said, today, direction)
  const month = months.findIndex((one) => one.startsWith(name.slice(0, 3))) + 1
  let at = DateTime.fromObject({ year: year === undefined ? today.year : Number(year), month, day: Number(number) }, { zone: today.zone })
  if (!at.isValid) return undefined
  if (year === undefined && direction === 'future' && at < today) at = at.plus({ years: 1 })
  if (year === undefined && direction === 'past' && at > today) at = at.minus({ years: 1 })
  if (year === undefined && direction === 'nearest') at = nearest(at, today)
  return day(at)
}

function nearest(at: DateTime, today: DateTime): DateTime {
  const ways = [at.minus({ years: 1 }), at, at.plus({ years: 1 })]
  return ways.reduce((best, one) => (Math.abs(one.diff(today).toMillis()) < Math.abs(best.diff(today).toMillis()) ? one : best))
}

/** "The 8th". */
function readDayOfMonth(said: string, today: DateTime, direction: Direction): Moment | undefined {
  const match = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(said)
  if (match === null) return undefined
  let at = today.set({ day: Number(match[1]) })
  if (at.day !== Number(match[1])) return undefined
  if (direction === 'future' && at < today) at = at.plus({ months: 1 })
  if (direction === 'past' && at > today) at = at.minus({ months: 1 })
  return day(at)
}

function readRelative(said: string, today: DateTime): Moment | undefined {
  const ahead = spanSaid.exec(said)
  if (ahead !== null && (said.startsWith('in ') || ahead[3] !== undefined)) {
    const span = { [`${ahead[2]}s`]: numberOf(ahead[1] ?? '') }
    return day(ahead[3] === 'ago' ? today.minus(span) : today.plus(span))
  }
  const period = /^(this|next|last|the coming|the following) (week|month|quarter|year)$/.exec(said) ?? /^()(week|month)$/.exec(said)
  if (period !== null && period[1] !== '') {
    const unit = period[2] as 'week' | 'month' | 'quarter' | 'year'
    const shift = period[1] === 'this' ? 0 : period[1] === 'last' ? -1 : 1
    const from = today.startOf(unit).plus({ [`${unit}s`]: shift })
    return { from, to: from.plus({ [`${unit}s`]: 1 }), timed: false }
  }
  const end = /^(?:the )?end of (?:the|this|next) ?(week|month|quarter|year)$|^(?:month|week|quarter|year)[- ]end$/.exec(said)
  if (end !== null) {
    const unit = (end[1] ?? said.split(/[- ]/)[0]) as 'week' | 'month' | 'quarter' | 'year'
    const last = today
      .plus(/next/.test(said) ? { [`${unit}s`]: 1 } : {})
      .endOf(unit)
      .startOf('day')
    return day(unit === 'week' ? last.minus({ days: 2 }) : last)
  }
  const month = monthSaid.exec(said)
  if (month === null) return undefined
  const from = DateTime.fromObject(
    { year: month[2] === undefined ? today.year : Number(month[2]), month: months.findIndex((one) => one.startsWith((month[1] ?? '').slice(0, 3))) + 1 },
    { zone: today.zone },
  )
  return { from, to: from.plus({ months: 1 }), timed: false }
}

const partsOfDay = { morning: [0, 12], afternoon: [12, 18], evening: [17, 24], night: [17, 24] } as const

/** A part of a day: "tomorrow afternoon", "the morning of December 4", "tonight". */
export function readPartOfDay(text: string, now: DateTime, direction: Direction = 'future'): Moment | undefined {
  const said = text
    .toLowerCase()
    .replace(/^(?:on|in|for)\s+/, '')
    .replace(/\s+in the\s+/, ' ')
    .trim()
  const whole =
    said === 'tonight'
      ? 'today evening'
      : said.replace(/^(?:this|today's) (?=morning|afternoon|evening)/, 'today ').replace(/^the (morning|afternoon|evening) of (.+)$/, '$2 $1')
  const match = /^(.+) (morning|afternoon|evening|night)$/.exec(whole)
  const on = match === null ? undefined : readDay(match[1] ?? '', now, direction)
  const part = Object.entries(partsOfDay).find(([name]) => name === match?.[2])?.[1]
  if (on === undefined || part === undefined || on.to.diff(on.from, 'days').days > 1) return undefined
  const [from, to] = part
  return { from: on.from.plus({ hours: from }), to: on.from.plus({ hours: to }), timed: false }
}

const ordinalDay = '\\d{1,2}(?:st|nd|rd|th)?'

/** Several days: "December 14 and December 18", "Monday or Tuesday", "December 4, 5 and 6". */
export function readDays(text: string, now: DateTime, direction: Direction = 'future'): Moment[] | undefined {
  let month = ''
  const found: (Moment | undefined)[] = text
    .replace(/^(?:on|for|both)\s+/i, '')
    .split(/\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|&)\s+/i)
    .map((one) => {
      const said = one.replace(/^on\s+/i, '')
      month = new RegExp(`^(${monthPattern})`, 'i').exec(said)?.[1] ?? month
      const bare = new RegExp(`^(?:the )?${ordinalDay}$`, 'i').test(said) && month !== '' ? `${month} ${said.replace(/^the /i, '')}` : said
      return readDay(bare, now, direction) ?? readPartOfDay(bare, now, direction)
    })
  return found.length > 1 && found.every((one) => one !== undefined) ? (found as Moment[]) : undefined
}

/** From one day to another, both of them within: "from December 11 to December 15", "December 4-6". */
export function readDayRange(text: string, now: DateTime, direction: Direction = 'future'): Moment | undefined {
  const said = text.replace(/^(?:from|between)\s+/i, '').replace(/\s+inclusive(?:ly)?$/i, '')
  const match = /^(.+?)(?:\s+(?:to|until|till|through|and)\s+|\s*[-–]\s*)(.+)$/i.exec(said)
  if (match === null || (/\sand\s/i.test(said) && !/^between/i.test(text))) return undefined
  const month = new RegExp(`^(${monthPattern})`, 'i').exec(match[1] ?? '')?.[1]
  const until =
    new RegExp(`^(?:the )?${ordinalDay}$`, 'i').test(match[2] ?? '') && month !== undefined
      ? `${month} ${(match[2] ?? '').replace(/^the /i, '')}`
      : (match[2] ?? '')
  const [from, to] = [readDay(match[1] ?? '', now, direction), readDay(until, now, direction)]
  return from === undefined || to === undefined || to.to <= from.from ? undefined : { from: from.from, to: to.to, timed: false }
}

/** Hours of a day: "December 12 after 1pm", "before noon tomorrow", "Friday between 10 and 12". */
export function readHours(text: string, now: DateTime, direction: Direction = 'future'): Moment | undefined {
  const said = text.replace(/^(?:on|for)\s+/i, '').trim()
  for (const { day: on, way, time } of hoursOf(said)) {
    const at = readDay(on, now, direction)
    if (at === undefined || at.to.diff(at.from, 'days').days > 1) continue
    const [first, second] = time.split(/\s+(?:and|to|until|till|-)\s+/i).map((one) => readTime(one))
    if (first === undefined) continue
    const begin = at.from.set(first)
    if (/^(?:between|from)/i.test(way) && second !== undefined) return { from: begin, to: at.from.set(second), timed: false }
    if (/^(?:between)/i.test(way) || second !== undefined || /\s/.test(time.trim().replace(/ ?[ap]\.?m\.?$| o'?clock$/i, ''))) continue
    // What begins at that very time is not after it when it must be later.
    return /^(?:before|until)/i.test(way)
      ? { from: at.from, to: begin, timed: false }
      : { from: /^after/i.test(way) ? begin.plus({ minutes: 1 }) : begin, to: at.to, timed: false }
  }
  return undefined
}

function hoursOf(said: string): { day: string; way: string; time: string }[] {
  const ways = '(after|before|until|from|between|starting at|later than)'
  const first = new RegExp(`^(.+?),? ${ways} (.+)$`, 'i').exec(said)
  const second = new RegExp(
    `^${ways} (.+?) (?:on )?(?=(?:${weekdayPattern}|${monthPattern}|today|tomorrow|next|the \\d|\\d{4}-|\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${monthPattern}))\\b)(.+)$`,
    'i',
  ).exec(said)
  return [
    ...(first === null ? [] : [{ day: first[1] ?? '', way: first[2] ?? '', time: first[3] ?? '' }]),
    ...(second === null ? [] : [{ day: second[3] ?? '', way: second[1] ?? '', time: second[2] ?? '' }]),
  ]
}

/** Hour and minute of "3:30", "11", "2pm", "noon"; an hour that no office has open is the afternoon's. */
export function readTime(text: string): { hour: number; minute: number } | undefined {
  if (text.length > longestMoment) return undefined
  const said = text
    .toLowerCase()
    .replace(/^at\s+/, '')
    .replace(/\./g, '')
    .replace(/ o'?clock$/, '')
    .trim()
  if (said === 'noon' || said === 'midday') return { hour: 12, minute: 0 }
  const spoken = said.replace(/\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/, (word) => String(numbers[word]))
  if (spoken !== said)
    return /^(?:(?:half|quarter) (?:past|to) )?\d{1,2}(?: ?[ap]m| in the (?:morning|afternoon|evening))?$/.test(spoken) ? readTime(spoken) : undefined
  // "1430", which no year is.
  const digits = /^([01]\d|2[0-3])([0-5]\d)(?: ?h(?:ours|rs)?)?$/.exec(said)
  if (digits !== null && !/^(?:19|20)\d\d$/.test(said)) return { hour: Number(digits[1]), minute: Number(digits[2]) }
  const half = /^half past (\d{1,2})$/.exec(said)
  const quarter = /^(?:a )?quarter (past|to) (\d{1,2})$/.exec(said)
  if (half !== null) return readTime(`${half[1]}:30`)
  if (quarter !== null) return quarter[1] === 'past' ? readTime(`${quarter[2]}:15`) : readTime(`${Number(quarter[2]) - 1}:45`)
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm|a m|p m|h|in the morning|in the afternoon|in the evening)?$/.exec(said)
  if (match === null) return undefined
  let hour = Number(match[1])
  const minute = Number(match[2] ?? 0)
  const half12 = match[3]?.replace(' ', '')
  if (hour > 23 || minute > 59) return undefined
  if (half12 === 'pm' || half12 === 'inthe afternoon' || half12 === 'inthe evening') hour = hour < 12 ? hour + 12 : hour
  else if (half12 === 'am' || half12 === 'inthe morning') hour = hour === 12 ? 0 : hour
  else if (half12 === undefined && hour >= 1 && hour <= 6 && !/^0/.test(said)) hour += 12
  return { hour, minute }
}

/** A day, or a day with a time of day: "December 8 at 3:30", "Friday 2pm", "3pm tomorrow". */
export function readMoment(text: string, now: DateTime, direction: Direction = 'future'): Moment | undefined {
  if (text.length > longestMoment) return undefined
  const whole = readDay(text, now, direction)
  if (whole !== undefined) return whole
  const said = text.trim()
  for (const match of said.matchAll(/\s+(?:at\s+|,\s*)?/g)) {
    const [left, right] = [said.slice(0, match.index), said.slice(match.index + match[0].length)]
    for (const [days, time] of [
      [left, right],
      [right, left],
    ]) {
      const [on, at] = [readDay(days ?? '', now, direction), readTime(time ?? '')]
      if (on === undefined || at === undefined || (days === right && !/:|m$|noon/i.test(time ?? ''))) continue
      const from = on.from.set(at)
      return { from, to: from, timed: true }
    }
  }
  return undefined
}
