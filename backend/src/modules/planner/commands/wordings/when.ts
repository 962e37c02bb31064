import type { DateTime } from 'luxon'
import { dayPatterns, type Moment, numberPattern, readMoment } from '#backend/modules/planner/commands/moments.ts'

/** How a language says when something is to be done. */
export interface WhenWords {
  /** Matches a whole saying of a time, with its preposition. */
  when: string
  /** What may stand before what is to be done, as "on Friday" of "on Friday to call". */
  leading: string
  /** The same as an English moment, such as "monday next week at 9:00". */
  moment(said: string): string
}

const { month, weekday } = dayPatterns
const safeWeekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues?|thu(?:rs?)?|fri'
const number = `(?:${numberPattern})`
const time =
  "(?:(?:at |@ ?|around |about )?\\d{1,2}(?::\\d{2})? ?(?:[ap]\\.?m\\b\\.?|h\\b|o'?clock)|(?:at |@ ?|around |about )?\\d{1,2}:\\d{2}|(?:at |around )(?:(?:half|quarter) (?:past|to) )?(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|(?:at )?(?:half|quarter) past (?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|(?:at )?(?:noon|midday))"
const part = '(?:(?:in the )?(?:morning|afternoon|evening))'
const date = [
  'today|tomorrow|tmrw|(?:the )?day after tomorrow',
  `next week (?:on )?(?:${weekday})|(?:on )?(?:${safeWeekday}) next week|(?:next|this|this coming|coming) (?:${weekday})|${safeWeekday}`,
  'next (?:week|month|quarter|year)|(?:the )?end of (?:(?:the|this|next) )?(?:week|month|quarter|year)',
  `(?:(?:${weekday}),? )?(?:${month})\\.? (?:the )?\\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?`,
  `(?:(?:${weekday}),? )?(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${month})\\.?(?: \\d{4})?`,
  `\\d{4}-\\d{2}-\\d{2}|in ${number} (?:days?|weeks?|months?)|${number} (?:days?|weeks?) from (?:now|today)|the \\d{1,2}(?:st|nd|rd|th)`,
].join('|')
const timed = `(?:(?:${date})(?:,? ${time})?(?:,? ${part})?|(?:${weekday})(?:,? ${time})|${time},? (?:on )?(?:(?:${date})|(?:${weekday}))|${time}|tonight)`

/** What is said of a time in English. */
export const englishWhen: WhenWords = {
  when: `(?:for (?=today|tomorrow|next week)|(?:which is |that is )?(?:due )?(?:on|by|until|till|not later than|no later than|at|at the latest by) |due )?(?:${timed}|(?<=(?:on|by|until) )(?:${weekday}))`,
  leading: `(?:(?:for|on|by|at|around) )?(?:${timed}|(?<=(?:for|on|by) )(?:${weekday}))`,
  moment: (said) =>
    said
      .toLowerCase()
      .replace(/^(?:which is |that is )?(?:due )?(?:(?:for|on|by|until|till|not later than|no later than|at the latest by) )?/, '')
      .replace(/^at (?=\p{L})/u, '')
      .replace(/\btmrw\b/, 'tomorrow')
      .replace(/^next week (?:on )?(\p{L}+)/u, '$1 next week')
      .replace(/\b(?:around|about|@) ?/, 'at ')
      .replace(/\btonight\b/, 'today 18:00')
      .replace(/(?<=\p{L}),(?= )/gu, '')
      .replace(/(?<=[\d:]|[ap]m),? (?:in the )?(?:morning|afternoon|evening)$/, '')
      .replace(/ (?:in the )?(morning|afternoon|evening)$/, (_, of: string) => ` ${partBegins[of]}`),
}

const partBegins: Readonly<Record<string, string>> = { morning: '9:00', afternoon: '14:00', evening: '18:00' }

/** An English moment as a day and a time in figures; a time of day alone is of today, or of tomorrow when it is over. */
export function inFigures(moment: string, now: DateTime): string | undefined {
  const said = moment.trim()
  const read = readMoment(said, now) ?? timeAlone(said, now)
  if (read === undefined) return undefined
  return `${read.from.toISODate()}${read.timed ? ` at ${read.from.toFormat('HH:mm')}` : ''}`
}

function timeAlone(said: string, now: DateTime): Moment | undefined {
  const at = said.replace(/^at /, '')
  const today = readMoment(`today at ${at}`, now)
  if (today?.timed !== true) return undefined
  return today.from > now ? today : readMoment(`tomorrow at ${at}`, now)
}
