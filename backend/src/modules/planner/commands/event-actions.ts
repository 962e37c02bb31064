import type { DateTime } from 'luxon'
import { onlyTimeIn } from './anaphora.ts'
import { addressesOf, readPeople } from './attendees.ts'
import { firstFreeSlot } from './free-slots.ts'
import type { Lexis } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { numberPattern, readDay, readMinutes, readMoment, readPartOfDay, readTime } from './moments.ts'
import { type PersonReference, personsIn } from './people.ts'
import { goesOn } from './polite.ts'
import { type Action, type ActionReader, ask, cannot, step } from './step.ts'

interface Meeting {
  minutes?: number
  title?: string
  with?: readonly PersonReference[]
  day?: DateTime
  time?: { hour: number; minute: number }
  /** The first free time from this on. */
  freeFrom?: DateTime
  noun?: true
}

const usualMinutes = 30
const verb = /^(?:schedule|use it for|book|set up|create|arrange|plan|organi[sz]e|add|make|put in|put|block(?: out| off)?|reserve|fix|find|have|set)\s+(.+)$/i
const nouns = '(?:(?:calendar )?(?:meeting|event|appointment|call|session|one|slot|catch[- ]?up|sync|chat|1:1|one-on-one|demo|time|workshop|block))'
const length = `((?:${numberPattern})[- ]?(?:min(?:ute)?s?|h(?:ou)?rs?|h)(?: and (?:a half|\\d+ min(?:ute)?s?))?|(?:a )?half(?:[- ]an)?[- ]hour|an? hour(?: and a half)?|one and a half hours?|quarter of an hour)`

type Reader = (meeting: Meeting, slot: string, lexis: Lexis) => Meeting | undefined

const lasting: Reader = (meeting, slot) => {
  const minutes = readMinutes(slot.replace(/^(?:a )?half(?:[- ]an)?[- ]hour$/i, 'half an hour'))
  return minutes === undefined || minutes <= 0 || meeting.minutes !== undefined ? undefined : { ...meeting, minutes }
}
const titled: Reader = (meeting, slot, lexis) => {
  const title = unquoted(clean(slot), lexis.quotes)
  return meeting.title !== undefined ||
    title === '' ||
    /^(?:off|back|in|out|up|quits|a day)$/i.test(slot) ||
    goesOn(slot) ||
    (/⟦/.test(slot) && !/^⟦\d+⟧$/.test(slot)) ||
    swallows(slot)
    ? undefined
    : { ...meeting, title }
}
/** Unquoted words that say more than a title: with whom, when, for how long. */
const swallowed =
  /\bwith \S|\b(?:on|at|from|for|by|until|of) (?:.*\d|the first|the next|my )|\b(?:tomorrow|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next week)\b/i
const swallows = (slot: string) => !/⟦/.test(slot) && swallowed.test(slot) && !/^\S+ (?:and|&) \S+$/.test(slot)
/** When a mail was sent says nothing of the meeting. */
const sentOn =
  /(?<=⟦\d+⟧) (?:from|of|dated|sent on|received on) (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}* \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*|yesterday)$/iu
const together: Reader = (meeting, slot, lexis) => {
  // "The person with the most tasks on Friday at 4 …": the time is the meeting's.
  if (/\b(?:most|fewest|least)\b.*(?: (?:on|at) .*\d|⟦)/i.test(slot)) return undefined
  // Behind the subject of a mail the rest is of the meeting.
  if (/⟦\d+⟧ (?:.* )?(?:on|at|for|from|tomorrow|today|next|called|titled|named)\b/i.test(slot.replace(sentOn, ''))) return undefined
  const people = meeting.with === undefined ? readPeople(slot, lexis) : undefined
  return people === undefined ? undefined : { ...meeting, with: people }
}
const onDay: Reader = (meeting, slot, lexis) => {
  // The part of the day beside a time says nothing more.
  const said = slot.replace(/^(.+) (?:in the )?(?:morning|afternoon|evening)$/i, (whole, day: string) => (/\d|o'?clock$/i.test(day) ? whole : day))
  const moment = meeting.day === undefined ? readMoment(said, lexis.now) : undefined
  if (moment === undefined || (moment.timed && meeting.time !== undefined) || (!moment.timed && moment.to.diff(moment.from, 'days').days > 1)) return undefined
  return { ...meeting, day: moment.from.startOf('day'), ...(moment.timed ? { time: { hour: moment.from.hour, minute: moment.from.minute } } : {}) }
}
const atTime: Reader = (meeting, slot) => {
  const time = meeting.time === undefined ? readTime(slot) : undefined
  return time === undefined ? undefined : { ...meeting, time }
}
/** "From 10 to 11:30". */
const between: Reader = (meeting, slot) => {
  const [from, to] = slot.split(/\s+(?:to|until|till|-|–)\s+/i).map((one) => readTime(one))
  if (from === undefined || to === undefined || meeting.time !== undefined || meeting.minutes !== undefined) return undefined
  const minutes = (to.hour - from.hour) * 60 + to.minute - from.minute
  return minutes > 0 ? { ...meeting, time: from, minutes } : undefined
}
const free: Reader = (meeting, slot, lexis) => {
  if (meeting.freeFrom !== undefined) return undefined
  const day = slot === '' ? lexis.now : (readDay(slot, lexis.now) ?? readPartOfDay(slot, lexis.now))?.from
  return day === undefined ? undefined : { ...meeting, freeFrom: day }
}

const slotNoun = '(?:(?:free |available |open )*(?:slot|time|opening|gap|moment|spot|window|availability))'
const readers: readonly [RegExp, Reader][] = (
  [
    [
      `(?:an? )?(?:(?:new|quick|short|brief|follow[- ]?up|phone|video|online|zoom|teams|intro|introductory) )*${nouns}`,
      (meeting) => (meeting.noun === true ? undefined : { ...meeting, noun: true }),
    ],
    [`(?:an? )?(?:new )?${length}(?:[- ]long)?`, lasting],
    [`(?:for|lasting|of|that lasts|to last) ${length}`, lasting],
    [
      '(?:(?:and )?(?:call|name|title) it|called|titled|named|entitled|(?:with )?(?:the )?(?:title|name|subject|topic):?|about|on|to discuss|for)(?: (?:an?|the|our))? (⟦\\d+⟧)',
      titled,
    ],
    ['(?:as )?(⟦\\d+⟧)', titled],
    ['(?:(?:and )?(?:call|title|name) it|called|titled|named|entitled|with the (?:title|name)|about|to discuss|regarding) (.+)', titled],
    ['(?:with|for|between me and|including|and invite|inviting) (.+)', together],
    [`(?:for|at|in|on|into) (?:my|our|the) (?:first|next|earliest|soonest|nearest) ${slotNoun}(?: (?:from|starting|after|on|of|for)? ?(.+))?`, free],
    [
      `(?:at|for|in) (?:the )?(?:first|earliest|next|soonest) (?:possible |available )?(?:${slotNoun}|time|moment|hour)?(?: (?:that |when )?i(?:'m| am) (?:free|available)| (?:that )?i(?:'ve got| have))?(?: (?:from|on|starting|after|of|for)? ?(.+?))?(?: (?:that|when) i(?:'m| am) (?:free|available))?`,
      free,
    ],
    ["(?:as soon as|as early as|when(?:ever)?) i(?:'m| am) (?:next )?(?:free|available)(?: (?:from|on|starting|after)? ?(.+))?", free],
    ['from (.+? (?:to|until|till|-|–) .+)', between],
    ['(?:on|for|by)? ?(.+)', onDay],
    ['(?:at|for|from|starting at|@) (.+)', atTime],
  ] satisfies readonly (readonly [string, Reader])[]
).map(([pattern, reader]) => [new RegExp(`^${pattern}$`, 'iu'), reader])

/** "Check in" is a name; in "put Planning in for us" it is no part of it. */
const phrasal = /^(?:check|log|sign|drop|stand|sit|fill|plug|buy|opt|dial|step|phase|trade|kick|break|weigh|walk|settle|lock|call|stop|tune)$/i
const putIn =
  /(?<=\s)(\p{L}+) in(?= (?:for|on|at) (?:us\b|me\b|them\b|him\b|her\b|both\b|the (?:two|three) of us|(?:next |this )?\p{L}*day\b|tomorrow|\p{L}{3,9} \d|\d))/iu
const forUs = / for (?:us|me|both of us|the (?:two|three) of us|us both)(?= |$)(?! and )/i

/** "Create a 1.5 hour event called New Employee Onboarding on December 8 at 3:30 with nia." */
export const readEvent: ActionReader = (text, lexis) => {
  // "Find my first free hour tomorrow and book …": the time is said first.
  const met = /^meet(?: up)?(?: with)? (.+)$/i.exec(text)
  if (met !== null) return readEvent(`schedule a meeting with ${met[1]}`, lexis)
  const first =
    /^find (?:the|my|a|an|our) (?:first|next|earliest)? ?(?:free |available |open )*(?:slot|time|hour|half[- ](?:an )?hour|gap|opening)(?: (?:that |when |where )?(?:i am|i'm) (?:free|available))?(?: (?:on|for|from)? ?(.+?))?(?: (?:when|that|where|at which) (?:i am|i'm) (?:free|available))?(?: for (?:an hour|1 hour))? and ((?:book|schedule|set up|arrange|create|put|use it for) .+?)(?: then)?$/i.exec(
      text,
    )
  const hour = /half[- ]hour/i.test(text)
    ? ' for 30 minutes'
    : /free hour|for an hour|for 1 hour|hour (?:on|for|from|and|tomorrow|today)/i.test(text)
      ? ' for 1 hour'
      : ''
  if (first !== null) return readEvent(`${first[2]}${hour} at my first free slot${first[1] === undefined ? '' : ` on ${first[1]}`}`, lexis)
  // "Book the first free half hour on Friday with Bo."
  const slot = new RegExp(
    `^(?:book|schedule|reserve|take|use|block) (?:me )?(?:the|my|our) (?:first|next|earliest|soonest) (?:free|available|open) ${length}(?= |$)(.*)$`,
    'i',
  ).exec(text)
  if (slot !== null) return readEvent(`schedule a meeting for ${slot[1]} in my first free slot${slot[2]}`, lexis)
  const said = verb
    .exec(text)?.[1]
    ?.replace(/ (?:from |at )?(\d{1,2}(?::\d{2})? ?(?:[ap]m)?) ?[-–] ?(\d{1,2}(?::\d{2})? ?(?:[ap]m)?)(?= |$)/i, ' from $1 to $2')
    .replace(/\s+(?:in|to|on|into) (?:my|the|our) (?:calendar|diary|schedule)\b/i, '')
    .replace(/^in\s+/i, '')
    .replace(/^me (?=an?\b|\d)/i, '')
    .replace(/,? (?:and )?(?:please )?(?:schedule|book|enter|add|save|put|call|name|title) it (?:in )?as (?=\S)/i, ' and call it ')
    .replace(putIn, (whole, word: string) => (phrasal.test(word) ? whole : word))
    .replace(forUs, '')
    .replace(/: (?=⟦)/, ' ')
  if (said === undefined) return undefined
  const told = readAll(clean(said), {}, lexis)
  // "Cancel my meeting with Kofi and schedule a new one": with him.
  const isAgain = /\b(?:new|another) (?:one|slot)\b/i.test(said) && told?.with === undefined
  const again = isAgain ? personsIn(lexis.before, lexis) : []
  if (isAgain && again.length > 1) return undefined
  const others = again.length === 0 ? {} : { with: again.map((person) => ({ kind: 'person' as const, person })) }
  const meeting = told === undefined ? undefined : { ...meetingBefore(lexis), ...others, ...told }
  if (
    meeting === undefined ||
    (meeting.noun !== true &&
      meeting.freeFrom === undefined &&
      !/^(?:schedule|book|arrange|set up|block)| (?:in|on|into|to) (?:my|the|our) (?:calendar|diary|schedule)\b/i.test(text))
  )
    return undefined
  const named =
    meeting.noun === true ||
    (meeting.title !== undefined && / (?:in|on|into|to) (?:my|the|our) (?:calendar|diary|schedule)\b/i.test(text)) ||
    (meeting.with !== undefined && meeting.minutes !== undefined) ||
    (meeting.title !== undefined && (meeting.day !== undefined || meeting.freeFrom !== undefined))
  return named ? eventAction(meeting) : undefined
}

const meets =
  /^(?:i|we)(?:'d| would|'ll| will)?(?: really| also)? (?:need|want|have|like|should|must|ought)?(?: to)? ?(?:meet(?: up)?|speak|talk|catch up|sit down|get together|have an? (?:meeting|call|chat))(?: (?:with|to))? (.+)$/i

/** "I need to meet with Luis on December 11 at 9:30": what was said of it before. */
function meetingBefore(lexis: Lexis): Meeting {
  const said = meets.exec(lexis.before.split(/\s*\|\s*/).at(-1) ?? '')?.[1]
  return (said === undefined ? undefined : readAll(clean(`with ${said}`), {}, { ...lexis, before: '' })) ?? {}
}

function readAll(text: string, meeting: Meeting, lexis: Lexis): Meeting | undefined {
  if (text === '') return meeting
  const words = text.split(' ')
  // A name goes as far as what follows is something else.
  const lengths = words.map((_, index) => index + 1)
  for (const [pattern, reader] of readers)
    for (const count of reader === titled ? lengths : [...lengths].reverse()) {
      lexis.effort.words -= count
      if (lexis.effort.words <= 0) return undefined
      const match = pattern.exec(clean(words.slice(0, count).join(' ')))
      const next = match === null ? undefined : reader(meeting, clean(match[1] ?? ''), lexis)
      const whole =
        next === undefined
          ? undefined
          : readAll(
              clean(
                words
                  .slice(count)
                  .join(' ')
                  .replace(/^and (?=call|title|name|invite)/i, 'and '),
              ),
              next,
              lexis,
            )
      if (whole !== undefined) return whole
    }
  const filler = /^(?:and|an?|please|the|then|it|that (?:is|lasts))\s+/i.exec(text)
  return filler === null ? undefined : readAll(text.slice(filler[0].length), meeting, lexis)
}

/** The one day that was spoken of before; where it may be another, it is asked. */
function dayBefore(lexis: Lexis): DateTime | 'unsure' | undefined {
  const said = onlyTimeIn(lexis.before)
  if (said === undefined)
    return /\b(?:today|tomorrow|\w+day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d)/i.test(lexis.before) ? 'unsure' : undefined
  const day = readDay(said, lexis.now)
  const isNone = day === undefined || day.to.diff(day.from, 'days').days > 1 || /\b(?:since|before|after|until|from|last)\b/i.test(lexis.before)
  return isNone ? 'unsure' : day.from
}

function eventAction(meeting: Meeting): Action {
  return async (tx, lexis) => {
    const before = meeting.with === undefined ? personsIn(lexis.before, lexis) : []
    if (before.length > 1)
      return ask(
        'With whom is it to be? More than one person was named.',
        before.map(({ name, email }) => ({ label: name, message: `${lexis.message} with ${email ?? name}` })),
      )
    const day = meeting.day ?? (meeting.time === undefined || lexis.before === '' ? undefined : dayBefore(lexis))
    if (day === 'unsure') return ask('On which day is it to be? Nothing would change until you say.')
    // Whoever asks takes part in any case.
    const named = (meeting.with ?? []).filter((one) => one.kind !== 'person' || one.person.userId === undefined || one.person.userId !== lexis.world.me?.id)
    const people = meeting.with !== undefined ? (named.length === 0 ? meeting.with : named) : before.map((person) => ({ kind: 'person' as const, person }))
    const invited = await addressesOf(tx, people, lexis)
    if (invited.kind !== 'addresses') return invited
    const minutes = meeting.minutes ?? usualMinutes
    let start: DateTime | undefined
    if (meeting.freeFrom !== undefined) start = await firstFreeSlot(tx, meeting.freeFrom, minutes, lexis)
    else if (meeting.time !== undefined) start = (day ?? lexis.now.startOf('day')).set(meeting.time)
    else if (meeting.day !== undefined) return ask(`At what time on ${meeting.day.toFormat('d MMMM')} is it to begin? Nothing would change until you say.`)
    else return ask('When is it to be? Nothing would change until you say.')
    if (start === undefined) return cannot('There is no time in the next 30 days at which you are free for so long.')
    // "At 3" of a day that has gone past three is no time to meet.
    if (start < lexis.now) return cannot(`${start.toFormat('d MMMM, HH:mm')} is over, so no meeting can be at that time. Name a day to come.`)
    const title =
      meeting.title ??
      (/catch(?:ing)?[- ]?up/i.test(`${lexis.before} ${lexis.message}`)
        ? 'catch-up'
        : invited.names.length === 0
          ? undefined
          : `Meeting with ${invited.names.join(' and ')}`)
    if (title === undefined) return ask('What is the meeting called, or with whom is it? Nothing would change until you say.')
    const end = start.plus({ minutes })
    const values = {
      title,
      starts_at: start.toUTC().toISO(),
      ends_at: end.toUTC().toISO(),
      attendees: invited.emails,
      ...(lexis.world.me === undefined ? {} : { owner_id: lexis.world.me.id }),
    }
    const withWhom = invited.names.length === 0 ? '' : ` with ${invited.names.join(' and ')}`
    const presumed = meeting.minutes === undefined ? ' (30 minutes, as no length was said)' : ''
    return step(
      [{ tool: 'records.create', input: { entity: 'events', values } }],
      `A new event “${title}”${withWhom} would be added on ${start.toFormat('cccc, d MMMM yyyy, HH:mm')}–${end.toFormat('HH:mm')}${presumed}`,
    )
  }
}
