/** What a phrase of time says, whatever the language. */
export const timeWords = [
  'article',
  'lead',
  'this',
  'previous',
  'next',
  'rollingPrevious',
  'rollingNext',
  'whole',
  'today',
  'yesterday',
  'tomorrow',
  'dayBeforeYesterday',
  'dayAfterTomorrow',
  'now',
  'yearToDate',
  'quarterToDate',
  'monthToDate',
  'weekToDate',
  'one',
  'couple',
  'few',
  'halfA',
  'some',
  'since',
  'after',
  'before',
  'until',
  'between',
  'and',
  'from',
  'to',
  'onwards',
  'ago',
  'agoBefore',
  'within',
  'longer',
  'shorter',
  'durationLead',
  'being',
  'durationTail',
  'startOf',
  'endOf',
  'early',
  'middle',
  'late',
  'of',
  'quarter',
  'half',
  'weekNumber',
  'month',
  'year',
  'fiscal',
  'sameSpan',
  'yearEarlier',
  'around',
  'weekend',
  'past',
  'gone',
  'tonight',
  'lastNight',
  'restOf',
  'future',
  'aheadWord',
  'periodBefore',
  'periodAfter',
  'beforeLast',
  'joint',
  'naming',
  'day',
  'weekSpan',
  'rollingLead',
  'orLater',
  'orEarlier',
  'unitEnd',
  'endingWith',
  'soFar',
  'ellipsis',
  'recently',
  'behind',
] as const
export type TimeWord = (typeof timeWords)[number]

/** Words of time of one language; several phrases separated by `|` mean the same. */
export interface TimeVocabulary {
  words: Readonly<Record<TimeWord, string>>
  /** "first", "1st": what a quarter, half or week of a month is numbered with; -1 is the last. */
  ordinals: Readonly<Record<string, number>>
  /** "thirteenth": days of a month in words, alone or after tens. */
  dayOrdinals: Readonly<Record<string, number>>
  /** Letters before a number or its digits alone: Q3, H1. */
  shortParts: Readonly<Record<'quarter' | 'half' | 'fiscalYear' | 'week', string>>
  /** Seasons by the month they begin in; each lasts three. */
  seasons: Readonly<Record<string, number>>
  /** Days that fall by a rule: some days after Easter, or the nth weekday of a month and some days after it. */
  movableHolidays: Readonly<Record<string, { easter: number; days?: number } | { month: number; weekday: number; nth: number; plus?: number; days?: number }>>
  /** Parts of a time by which things are grouped: "by weekday". */
  parts: Readonly<Record<'weekday' | 'hour' | 'month', string>>
  /** Hours of a day, said after it: "tomorrow afternoon". */
  dayParts: Readonly<Record<string, readonly [number, number]>>
  /** Parts of a day and kinds of days that come again: hours from and to, weekdays from Monday 1 to Sunday 7. */
  recurring: Readonly<Record<string, { weekdays?: readonly number[]; hours?: readonly [number, number]; outside?: boolean }>>
  /** Names that are words too: alone they need a capital or a word of `afterWhich` before them. */
  ambiguous: string
  afterWhich: string
  /** "3/4/2025" is the third of April. */
  dayFirst: boolean
  /** Words that make a question look ahead, and pairs that do. */
  ahead: string
  aheadPairs: string
}
