/** What is said of when something is to happen, as five fields of cron. */
export interface SaidTimes {
  cron: string
  language: 'en' | 'de'
}

const days: Record<string, number> = {
  monday: 1,
  mondays: 1,
  mon: 1,
  montag: 1,
  montags: 1,
  tuesday: 2,
  tuesdays: 2,
  tue: 2,
  dienstag: 2,
  dienstags: 2,
  wednesday: 3,
  wednesdays: 3,
  wed: 3,
  mittwoch: 3,
  mittwochs: 3,
  thursday: 4,
  thursdays: 4,
  thu: 4,
  donnerstag: 4,
  donnerstags: 4,
  friday: 5,
  fridays: 5,
  fri: 5,
  freitag: 5,
  freitags: 5,
  saturday: 6,
  saturdays: 6,
  sat: 6,
  samstag: 6,
  samstags: 6,
  sonnabend: 6,
  sunday: 0,
  sundays: 0,
  sun: 0,
  sonntag: 0,
  sonntags: 0,
}
const dayWord = Object.keys(days)
  .sort((a, b) => b.length - a.length)
  .join('|')
const dayList = `(?:${dayWord})(?:(?:\\s*,\\s*|\\s+(?:and|und)\\s+)(?:on\\s+)?(?:every\\s+|jeden\\s+)?(?:${dayWord}))*`
const ordinals: Record<string, number> = {
  first: 1,
  ersten: 1,
  '1st': 1,
  second: 2,
  zweiten: 2,
  third: 3,
  dritten: 3,
  fourth: 4,
  vierten: 4,
  last: 0,
  letzten: 0,
}
const ordinalWord = Object.keys(ordinals).join('|')
const time =
  "(?<hour>\\d{1,2})(?:[:.h](?<minute>\\d{2}))?\\s*(?:(?<half>am|pm|a\\.m\\.|p\\.m\\.)|uhr(?:\\s+(?<after>\\d{2}))?|o['’]clock|h)?|(?<named>noon|midday|midnight|mittags?|mitternacht)"
const at = `(?:\\s*,?\\s*(?:at|um|gegen|@)?\\s*(?:${time}))?`

type Fields = (groups: Record<string, string | undefined>) => string | undefined

/** The day part of cron (`day month weekday`) for each form; the time comes before it. */
const forms: readonly [SaidTimes['language'], string, Fields][] = [
  ['en', `(?:(?:every|each|on)\\s+)?(?<days>${dayList})`, ({ days: list = '' }) => `* * ${weekdays(list)}`],
  ['de', `(?:(?:jeden|immer|am)\\s+)?(?<days>${dayList})`, ({ days: list = '' }) => `* * ${weekdays(list)}`],
  ['en', '(?:every\\s+day|daily|each\\s+day|every\\s+(?<part>morning|evening|night))', () => '* * *'],
  ['de', '(?:jeden\\s+(?:tag|(?<part>morgen|abend))|täglich)', () => '* * *'],
  [
    'en',
    '(?:(?:on\\s+)?weekdays|every\\s+(?:weekday|working\\s+day|workday|business\\s+day)|mon(?:day)?\\s*(?:-|–|to|through)\\s*fri(?:day)?)',
    () => '* * 1-5',
  ],
  ['de', '(?:werktags|an\\s+werktagen|jeden\\s+(?:werktag|arbeitstag)|montags?\\s+bis\\s+freitags?)', () => '* * 1-5'],
  ['en', '(?:(?:on\\s+)?weekends|every\\s+weekend)', () => '* * 0,6'],
  ['en', `(?:weekly|every\\s+week)(?:\\s+on\\s+(?<days>${dayList}))?`, ({ days: list }) => `* * ${list === undefined ? 1 : weekdays(list)}`],
  ['de', `(?:wöchentlich|jede\\s+woche)(?:\\s+(?:am\\s+)?(?<days>${dayList}))?`, ({ days: list }) => `* * ${list === undefined ? 1 : weekdays(list)}`],
  ['en', `(?:(?:on\\s+)?the\\s+|every\\s+)(?<nth>${ordinalWord})\\s+(?<day>${dayWord})\\s+(?:of|in)\\s+(?:the|each|every)\\s+month`, nthWeekday],
  ['de', `(?:an?\\s*(?:dem|jedem)\\s+|am\\s+|jeden\\s+)(?<nth>${ordinalWord})\\s+(?<day>${dayWord})\\s+(?:im|des|jedes)\\s+monats?`, nthWeekday],
  ['en', '(?:on\\s+)?(?:the\\s+)?(?<last>last\\s+day)\\s+of\\s+(?:the|each|every)\\s+month', monthly],
  ['en', 'monthly(?:\\s+on\\s+the\\s+(?:(?<date>\\d{1,2})(?:st|nd|rd|th)?|(?<last>last(?:\\s+day)?)))?', monthly],
  ['en', '(?:every|each)\\s+month(?:\\s+on\\s+the\\s+(?:(?<date>\\d{1,2})(?:st|nd|rd|th)?|(?<last>last(?:\\s+day)?)))?', monthly],
  ['en', '(?:on\\s+)?the\\s+(?<date>\\d{1,2})(?:st|nd|rd|th)?\\s+of\\s+(?:the|each|every)\\s+month', monthly],
  ['de', '(?:monatlich|jeden\\s+monat)(?:\\s+am\\s+(?:(?<date>\\d{1,2})\\.|(?<last>letzten(?:\\s+tag)?)))?', monthly],
  ['de', '(?:immer\\s+)?am\\s+(?:(?<date>\\d{1,2})\\.(?:\\s+(?:des|jedes|im)\\s+monats?)|(?<last>letzten\\s+tag\\s+(?:des|im|jedes)\\s+monats?))', monthly],
  ['en', '(?:quarterly|every\\s+quarter)', () => '1 1,4,7,10 *'],
  ['de', '(?:vierteljährlich|jedes\\s+quartal|quartalsweise)', () => '1 1,4,7,10 *'],
]

const patterns = forms.flatMap(([language, form, fields]) => [
  { language, fields, pattern: new RegExp(`^${form}${at}$`, 'iu') },
  // The time may come first: "at 8 every Monday".
  { language, fields, pattern: new RegExp(`^(?:at|um)\\s+(?:${time})\\s*,?\\s+${form}$`, 'iu') },
])

const usualHour = 8
const usualHours: Record<string, number> = { morning: 8, morgen: 8, evening: 18, abend: 18, night: 21 }

/** "Every Monday 8:00", "weekdays at 9", "monthly on the 1st 7:30", "jeden Montag um 8"; undefined when it says no such thing. */
export function readTimes(text: string): SaidTimes | undefined {
  const said = text
    .trim()
    .replace(/[\s.!?,]+$/u, '')
    .replace(/\s+/g, ' ')
  const [, everyEn, everyDe] = /^(?:every (\d{1,2}) minutes|alle (\d{1,2}) minuten)$/i.exec(said) ?? []
  const minutes = everyEn ?? everyDe
  if (minutes !== undefined) return 60 % Number(minutes) === 0 ? { cron: `*/${minutes} * * * *`, language: everyEn === undefined ? 'de' : 'en' } : undefined
  if (/^(?:hourly|every hour)$/i.test(said)) return { cron: '0 * * * *', language: 'en' }
  if (/^(?:stündlich|jede stunde)$/iu.test(said)) return { cron: '0 * * * *', language: 'de' }
  for (const { language, fields, pattern } of patterns) {
    const groups = pattern.exec(said)?.groups
    if (groups === undefined) continue
    const day = fields(groups)
    const clock = clockOf(groups)
    if (day !== undefined && clock !== undefined) return { cron: `${clock} ${day}`, language }
  }
  return undefined
}

/** `minute hour`; undefined when there is no such time. */
function clockOf({ hour, minute, half, after, named, part }: Record<string, string | undefined>): string | undefined {
  if (named !== undefined) return `0 ${/^(midnight|mitternacht)$/i.test(named) ? 0 : 12}`
  if (hour === undefined) return `0 ${usualHours[part?.toLowerCase() ?? ''] ?? usualHour}`
  const minutes = Number(minute ?? after ?? 0)
  const isAfternoon = half?.toLowerCase().startsWith('p') === true
  if (half !== undefined && (Number(hour) < 1 || Number(hour) > 12)) return undefined
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  return hours < 24 && minutes < 60 ? `${minutes} ${hours}` : undefined
}

function weekdays(list: string): string {
  const found = (list.toLowerCase().match(/\p{L}+/gu) ?? []).flatMap((word) => days[word] ?? [])
  return [...new Set(found)].sort().join(',')
}

function nthWeekday({ nth = '', day = '' }: Record<string, string | undefined>): string | undefined {
  const weekday = days[day.toLowerCase()]
  const place = ordinals[nth.toLowerCase()]
  return weekday === undefined || place === undefined ? undefined : `* * ${weekday}#${place === 0 ? 'L' : place}`
}

function monthly({ date, last }: Record<string, string | undefined>): string | undefined {
  if (last !== undefined) return 'L * *'
  const day = Number(date ?? 1)
  return day >= 1 && day <= 31 ? `${day} * *` : undefined
}
