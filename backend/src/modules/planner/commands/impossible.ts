import type { DateTime } from 'luxon'
import { dayPatterns, readDay } from './moments.ts'

const { month, weekday } = dayPatterns

const days: readonly RegExp[] = [
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${month})\\.? (?:the )?\\d{1,3}(?:st|nd|rd|th)?(?![\\p{L}\\p{N}:]| ?[ap]m\\b)`, 'giu'),
  new RegExp(`(?<![\\p{L}\\p{N}:.])\\d{1,3}(?:st|nd|rd|th)? (?:of )?(?:${month})(?![\\p{L}\\p{N}])`, 'giu'),
  /(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)/g,
]
const nthDay = new RegExp(`(?:on|by|to|for|until|${weekday}),? the (\\d{1,3})(?:st|nd|rd|th)(?![\\p{L}])`, 'giu')
const clock = /(?<![\d:])(\d{1,3}):(\d{2})(?![\d:])/g
const halfDay = /(?<![\d:.])(\d{1,3})(?::\d{2})? ?[ap]\.?m\b/gi

/** A day or a time of day that there is not, such as "December 32" or "25:00", as it was typed. */
export function impossibleIn(text: string, now: DateTime): string | undefined {
  for (const pattern of days) for (const [said] of text.matchAll(pattern)) if (readDay(said.replace('.', ''), now) === undefined) return said.trim()
  for (const match of text.matchAll(nthDay)) if (Number(match[1]) > 31 || Number(match[1]) === 0) return match[0]
  for (const match of text.matchAll(clock)) if (Number(match[1]) > 24 || Number(match[2]) > 59) return match[0]
  for (const match of text.matchAll(halfDay)) if (Number(match[1]) > 23 || Number(match[1]) === 0) return match[0]
  return undefined
}
