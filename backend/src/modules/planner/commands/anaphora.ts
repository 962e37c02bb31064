import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { dayPatterns } from './moments.ts'
import { personsIn } from './people.ts'

const { month, weekday } = dayPatterns
const day = `(?:(?:next |this |last )?(?:${weekday})|(?:${month}) (?:the )?\\d{1,2}(?:st|nd|rd|th)?|(?:the )?\\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:${month})|\\d{4}-\\d{2}-\\d{2}|today|tomorrow)`
const range = `(?:from ${day} (?:to|until|till|through) ${day}|between ${day} and ${day})`
const week = '(?:next|this|the coming) (?:week|month)'
const times = new RegExp(`(?<![\\p{L}\\p{N}])(?:${range}|${week}|${day})(?![\\p{L}\\p{N}])`, 'giu')
const thatTime =
  /(?<![\p{L}\p{N}])(?:(?:on |for )?(?:that|the same) (?:day|date)|(?:on|for|during) (?:those|these) (?:days|dates)|(?:in|during|for|over|within) (?:that|this|the) (?:time|period|week|month|timeframe)|that (?:week|month)|while (?:i'm|i am|he's|he is|she's|she is|they're|they are) (?:away|out|off|gone|on (?:leave|holiday|vacation)))(?![\p{L}\p{N}])/iu

/** "That day" is the one day that was spoken of before. */
export function withTimes(text: string, before: string): string {
  const match = thatTime.exec(text)
  if (match === null) return text
  const said = timesIn(`${before} | ${text.slice(0, match.index)}`)
  const [only] = said
  if (only === undefined || said.length > 1) return text
  return withTimes(clean(`${text.slice(0, match.index)} ${placed(only)} ${text.slice(match.index + match[0].length)}`), before)
}

/** Days and spans of days that are named, each once. */
function timesIn(text: string): string[] {
  return [...new Set([...text.matchAll(times)].map(([said]) => said.toLowerCase()))]
}

function placed(time: string): string {
  return /^(?:from|between|next|this|the coming|today|tomorrow)/.test(time) ? time : `on ${time}`
}

const absent =
  /\b(?:running late|late|need to meet|needs to meet|sick|ill|off|out|away|on (?:annual |sick |parental )?(?:leave|holiday|vacation)|busy|travell?ing|unavailable|not (?:available|here|in|around|working)|in training|something(?:'s| has| is)? come up|at the (?:dentist|doctor|hospital|vet|office party)|in court|taking (?:the |a )?day off|have the day off)\b/i

/** When whoever speaks or was spoken of is away: "I'm sick tomorrow" limits to that day what is cancelled then. */
export function absenceIn(sentence: string): string | undefined {
  if (!absent.test(sentence) || !/\b(?:i|i'm|we|we're|something)\b|\bis\b|'s\b|\bwill be\b/i.test(sentence)) return undefined
  return onlyTimeIn(sentence)
}

const ours = /\bour ((?:next|first|last|upcoming) )?(meetings?|calls?|appointments?|events?)\b(?! with)/i

/** "Sofia can't make our next meeting": the one with Sofia. */
export function withOurs(sentence: string, lexis: Lexis): string {
  const [only, ...others] = ours.test(sentence) ? personsIn(sentence, lexis) : []
  return only === undefined || others.length > 0
    ? sentence
    : sentence.replace(ours, `my $1$2 with ${only.userId === undefined ? (only.email ?? only.name) : only.name}`)
}

const records =
  '(?:tasks?|to-?dos?|tickets?|customers?|clients?|leads?|prospects?|deals?|opportunities|contacts?|proposals|meetings?|(?:latest|last|most recent|newest) (?:e?mails?|messages?)|accounts?(?! manager))'
const possessive = new RegExp(`(?<![\\p{L}\\p{N}'])(?:her|his|their)(?= (?:[\\p{L}-]+ ){0,4}?${records}(?![\\p{L}]))`, 'iu')

/** The one day or span that a text names, with its preposition. */
export function onlyTimeIn(text: string): string | undefined {
  const [only, ...others] = timesIn(text)
  return only === undefined || others.length > 0 ? undefined : placed(only)
}

const receiving =
  /^(?:and |so |please |then )*(?:can|could|should|would|will|may|let|have|give|assign|hand|pass) (?!you\b)\S+(?: \S+)?(?: (?:please |also )?(?:get|take|take over|have|own|handle|do|be given))?(?: (?:all|any|each|both|every(?: one| single one)?)(?: of)?)?\s*$/i

/** "Olga has started all her overdue tasks": hers are Olga's, whoever else is spoken of as having something. */
export function withOwners(said: string, lexis: Lexis): string {
  const text = withPartner(said, lexis)
  const holder =
    /(?<=\b(?:everything|whatever|anything|all|what|tasks|leads|customers|emails?|mails?)(?: that)? )(?:she|he|they)(?=(?: (?:has|have|had|owns?|sent|mailed|emailed)|'s|'ve|'d)(?![\p{L}']))/iu.exec(
      text,
    )
  const owner = holder === null ? [] : personsIn(text.slice(0, holder.index), lexis)
  if (holder !== null && owner.length === 1 && owner[0] !== undefined) {
    const [{ name, userId, email }] = owner as [(typeof owner)[number]]
    return withOwners(`${text.slice(0, holder.index)}${userId === undefined ? (email ?? name) : name}${text.slice(holder.index + holder[0].length)}`, lexis)
  }
  const match = possessive.exec(text)
  if (match === null) return text
  const earlier = text.slice(0, match.index)
  const named = personsIn(earlier, lexis)
  // Whoever is to get them is not the one whose they are.
  if (named.length === 1 && receiving.test(earlier)) return text
  const whose = named.filter(({ name, email }) => {
    const first = email?.split('@')[0]?.split('.')[0] ?? name.split(' ')[0] ?? name
    const called = [name, name.split(' ')[0] ?? name, first].map(escaped).join('|')
    return new RegExp(`(?<![\\p{L}])(?:${called})'s?(?![\\p{L}])`, 'iu').test(earlier)
  })
  const [only] = whose.length === 1 ? whose : named
  if (only === undefined || (whose.length !== 1 && named.length !== 1)) return text
  const handle = only.userId === undefined ? (only.email ?? only.name) : only.name
  return withOwners(`${earlier}${handle}'s${text.slice(match.index + match[0].length)}`, lexis)
}

/** "We've stopped working with Jinsoo, so none of my meetings with them are needed": with Jinsoo. */
function withPartner(text: string, lexis: Lexis): string {
  const match =
    /(?<=\b(?:meetings?|calls?|events?|appointments?|emails?|mails?)(?: \S+){0,4} (?:with|from) )(?:them|him|her)(?=$|[,;.]|\s+(?:is|are|that|which|in|on|next|any|and)\b)/iu.exec(
      text,
    )
  const named = match === null ? [] : personsIn(text.slice(0, match.index), lexis)
  const [only] = named
  if (match === null || only === undefined || named.length > 1) return text
  return `${text.slice(0, match.index)}${only.userId === undefined ? (only.email ?? only.name) : only.name}${text.slice(match.index + match[0].length)}`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
