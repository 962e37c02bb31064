import { DateTime } from 'luxon'
import type { Row } from '#contracts/query.ts'
import { customNamed } from './constraints.ts'
import type { Lexis } from './lexis.ts'
import { cuts } from './message.ts'
import { numberPattern, readMinutes, readMoment, readSpan, readTime, type Span, spanPattern } from './moments.ts'
import { deleteAction, updated } from './record-actions.ts'
import { nameOf, resolve } from './resolve.ts'
import type { Selection } from './selection.ts'
import { type Action, type ActionReader, cannot } from './step.ts'
import { readTarget } from './targets.ts'

const timed = ['events', 'tasks', 'opportunities'] as const

/** "Cancel my next meeting with Sofia." */
export const readCancel: ActionReader = (text, lexis) => {
  const cleared =
    /^(?:clear|empty|free up|wipe|cancel)(?: out)? (?:all of |everything (?:in|on) )?my (?:whole )?(?:calendar|schedule|diary|agenda)(?: (?:on|for|of|from))? (.+)$/i.exec(
      text,
    )
  if (cleared !== null) return readCancel(`cancel all my meetings on ${cleared[1]}`, lexis)
  const part = /^(?:clear|empty|free up|free|keep free|wipe) (?:up )?my (?:whole )?(morning|afternoon|evening|day)(?: (?:on|for|of))? (.+)$/i.exec(text)
  if (part !== null) return readCancel(`cancel all my meetings on ${part[2]}${/day/i.test(part[1] ?? '') ? '' : ` ${part[1]}`}`, lexis)
  const all =
    /^(?:cancel|call off|clear|scrap|drop) (?:everything|anything|all|whatever)(?:(?: that)?(?:'s| is| i have| i've got| there is)?(?: (?:scheduled|planned|booked|on|in)(?: (?:my|the) (?:calendar|schedule|diary))?)?)? (?!of\b)((?:on|after|before|from|between|tomorrow|today|this|next|with|for|until|in) ?.*)$/i.exec(
      text,
    )
  const every = all === null ? undefined : readCancel(`cancel all my meetings ${all[1]}`, lexis)
  if (every !== undefined) return every
  const said = /^(?:cancel|call off|scrap|delete|remove|drop|clear|scratch|abandon|decline)\s+(.+)$/i.exec(text)?.[1]
  const target = said === undefined ? undefined : readTarget(said, lexis)
  if (target === undefined || !target.entities.includes('events') || (target.entities.length > 1 && !/^(?:cancel|call off)/i.test(text))) return undefined
  return deleteAction({ ...target, entities: ['events'] })
}

const later =
  /^(?:push(?: back)?|delay|postpone|move(?: back)?|shift(?: back)?|defer|put back|set back|extend the (?:due date|deadline) (?:of|for|on))\s+(.+)$/i
const earlier = /^(?:bring forward|move (?:up|forward)|pull (?:forward|in)|advance|bring)\s+(.+?)(?:\s+forward)?$/i

/** "Push back my first meeting with Kofi on December 4 by 1.5 hours." */
export const readShift: ActionReader = (text, lexis) => {
  const extended = /^extend (?=(?:all )?(?:the |my |our )?(?:.+'s )?(?:follow[- ]?ups?|deadlines?|due dates?)\b)(.+)$/i.exec(text)?.[1]
  if (extended !== undefined) return readShift(`postpone ${extended}`, lexis)
  const made = new RegExp(
    `^(?:make|have|let|move|start|set|put|schedule) (.+?) (?:(?:be|start|begin|take place|happen) )?(${spanPattern}) (later|earlier|sooner)$`,
    'i',
  ).exec(text)
  if (made !== null) return readShift(`${/later/i.test(made[3] ?? '') ? 'delay' : 'bring forward'} ${made[1]} by ${made[2]}`, lexis)
  const needing = new RegExp(
    `^(.+?) (?:needs?|gets?|(?:should|must) (?:get|have)|can have) ((?:another )?(?:${numberPattern})(?: more| extra| additional)? (?:days?|weeks?|months?)(?: more| longer| extra)?)$`,
    'i',
  ).exec(text)
  if (needing !== null && /\b(?:more|extra|additional|another|longer)\b/i.test(needing[2] ?? '')) {
    const tasks = readTarget(needing[1] ?? '', lexis)
    const more = readSpan(
      (needing[2] ?? '')
        .replace(/\b(?:more|extra|additional|another|longer)\b/gi, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    if (tasks?.entities.includes('tasks') === true && more !== undefined) return shiftAction({ ...tasks, entities: ['tasks'] }, more, 1)
  }
  const longer = new RegExp(
    `^(?:give) (.+?) (${spanPattern.replace('(?:', '(?:').replace(' (?:minutes', ' (?:more |extra |additional )?(?:minutes')})(?: more)? (?:for|to (?:finish|complete|do)|on) (.+)$`,
    'i',
  ).exec(text)
  const due =
    longer === null
      ? undefined
      : readTarget(
          (longer[3] ?? '').replace(/^(?:his|her|their) |^all (?:his|her|their) /i, (all) => `${/^all/i.test(all) ? 'all ' : ''}${longer[1]}'s `),
          lexis,
        )
  const extra = readSpan((longer?.[2] ?? '').replace(/ (?:more|extra|additional)/i, ''))
  if (due?.entities.includes('tasks') === true && extra !== undefined) return shiftAction({ ...due, entities: ['tasks'] }, extra, 1)
  const starts = /^(.+?) (?:has to|needs to|must|should|will|is to) (?:start|begin|take place|be) (.+?) (later|earlier)$/i.exec(text)
  if (starts !== null) return readShift(`${/later/i.test(starts[3] ?? '') ? 'delay' : 'bring forward'} ${starts[1]} by ${starts[2]}`, lexis)
  for (const [pattern, sign] of [
    [earlier, -1],
    [later, 1],
  ] as const) {
    const said = pattern.exec(text)?.[1]?.replace(/,? to (?:an? )?(?:earlier|later) (?:time|slot)$/i, '')
    if (said === undefined) continue
    for (const { left, right } of [
      ...cuts(said, /\s+by\s+/i, 'right'),
      ...cuts(said, /\s+(?:(?:back|out|on|up|forward|later|earlier|ahead)\s+)?by\s+/i, 'right'),
      ...cuts(said, new RegExp(`\\s+(?:back|out|on|later|forward)\\s+(?=(?:${spanPattern})$)`, 'i'), 'right'),
      ...cuts(said, new RegExp(`\\s+(?=(?:${spanPattern})(?: (?:later|earlier|back|forward|sooner))?$)`, 'i'), 'right'),
    ]) {
      // "The sync up by an hour" is called so, and goes later.
      const isName = / (?:up|forward|earlier|ahead)$/i.test(left)
      const way =
        !isName &&
        (/ (?:earlier|forward|up|ahead|sooner)$/i.test(right) || new RegExp(`(?:up|forward|earlier|ahead) (?:by )?${escaped(right)}$`, 'i').test(said))
          ? -1
          : sign
      const span = readSpan(right.replace(/ (?:later|earlier|back|forward|sooner)$/i, ''))
      const followed =
        /^(?:the |my |our )?follow[- ]?ups?(?: dates?)? (?:of|for|on|with) (.+)$/i.exec(left)?.[1] ?? /^(.+)'s follow[- ]?ups?(?: dates?)?$/i.exec(left)?.[1]
      const due =
        /^(?:the )?(?:due dates?|deadlines?|start(?: times?)?) (?:of|for|on) (.+)$/i.exec(left)?.[1] ?? left.replace(/'s (?:due dates?|deadlines?)$/i, '')
      const whom = span === undefined || followed === undefined ? undefined : readTarget(followed, lexis)
      if (span !== undefined && whom !== undefined) return shiftFollowUp(whom, span, way)
      const target = span === undefined ? undefined : readTarget(due, lexis)
      if (span && target?.entities.some((entity) => timed.some((one) => one === entity))) return shiftAction(target, span, way)
    }
  }
  return undefined
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function shiftAction(target: Selection, span: Span, sign: number): Action {
  return async (tx, lexis) => {
    const found = await resolve(tx, target, lexis, { only: timed, future: true, own: true })
    if (found.kind !== 'found') return found
    const zone = lexis.context.timeZone
    const moved = (at: unknown) => (typeof at === 'string' ? DateTime.fromISO(at, { zone }).plus(scaled(span, sign)) : undefined)
    const field = { events: 'starts_at', tasks: 'due_at' }[found.entity as 'events' | 'tasks'] ?? 'forecast_close_date'
    const without = found.rows.find((row) => typeof row[field] !== 'string')
    if (without !== undefined) return cannot(`${nameOf(found.entity, without)} has no time that could be moved, so nothing would change.`)
    const text = (at: DateTime | undefined, isDay: boolean) => (at === undefined ? undefined : isDay ? at.toISODate() : at.toUTC().toISO())
    return updated(
      found,
      (entity, row) =>
        entity === 'events'
          ? { starts_at: text(moved(row.starts_at), false), ...(typeof row.ends_at === 'string' ? { ends_at: text(moved(row.ends_at), false) } : {}) }
          : { [field]: text(moved(row[field]), field === 'forecast_close_date') },
      (records) => `${records} would be ${told(span)} ${sign > 0 ? 'later' : 'earlier'}`,
    )
  }
}

/** When somebody is to be spoken to again. */
function shiftFollowUp(target: Selection, span: Span, sign: number): Action {
  return async (tx, lexis) => {
    const only = (['contacts', 'leads', 'opportunities'] as const).filter((entity) => customNamed('follow up', entity, lexis) !== undefined)
    const found = await resolve(tx, target, lexis, { only, own: true })
    if (found.kind !== 'found') return found
    const path = customNamed('follow up', found.entity, lexis) ?? ''
    const without = found.rows.find((row) => typeof row[path] !== 'string')
    if (without !== undefined) return cannot(`${nameOf(found.entity, without)} has no follow-up date that could be moved, so nothing would change.`)
    return updated(
      found,
      (_, row) => ({ [path]: DateTime.fromISO(String(row[path]), { zone: 'utc' }).plus(scaled(span, sign)).toISODate() }),
      (records) => `${records} would be followed up ${told(span)} ${sign > 0 ? 'later' : 'earlier'}`,
    )
  }
}

function scaled(span: Span, sign: number): Span {
  return Object.fromEntries(Object.entries(span).map(([unit, amount]) => [unit, amount * sign]))
}

function told(span: Span): string {
  const [[unit, amount] = ['minutes', 0]] = Object.entries(span)
  return `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`
}

/** "Move my next meeting with Nia to Friday at 3", "reschedule … for December 8". */
export const readReschedule: ActionReader = (text, lexis) => {
  const said =
    /^(?:re-?schedule|move|shift|push(?: back)?|bring forward|change|postpone|put off|put|delay|bring|set|update|make|start|defer|switch|retime)\s+(.+)$/i.exec(
      text,
    )?.[1]
  if (said === undefined) return undefined
  // "From Friday to Monday": where it was, and where it goes.
  for (const { left, right } of cuts(said, /\s+from\s+/i))
    for (const { left: was, right: becomes } of cuts(right, /\s+to\s+/i)) {
      const day = readMoment(was, lexis.now)
      const moved =
        day === undefined || readMoment(becomes, lexis.now) === undefined ? undefined : readReschedule(`move ${left} on ${was} to ${becomes}`, lexis)
      if (moved !== undefined) return moved
    }
  for (const { left, right: to } of cuts(said.replace(/ (?:forward|back|over|out|on) to /i, ' to '), /\s+(?:to|for|until|till|so (?:that )?it)\s+/i, 'right')) {
    const right = to
      .replace(/,? (?:at|keeping) the same (?:time|hour)$/i, '')
      .replace(/^(?:starts?|begins?|take place|takes place|be|is)(?: (?:at|on))?\s+/i, '')
      .replace(/^(?:at )?the same (?:time|hour) on\s+/i, '')
    const moment = readMoment(right, lexis.now)
    const time = moment === undefined ? readTime(right.replace(/^at /i, '')) : undefined
    const records = left
      .replace(/^(?:the )?(?:time|date|start(?: time)?|due dates?|deadlines?) (?:of|for) /i, '')
      .replace(/'s (?:due dates?|deadlines?|start time)$/i, '')
    const target = moment === undefined && time === undefined ? undefined : readTarget(records, lexis)
    if (target === undefined || !target.entities.some((entity) => entity === 'events' || entity === 'tasks')) continue
    return async (tx, known) => {
      const found = await resolve(tx, target, known, { only: ['events', 'tasks'], future: true, own: true })
      if (found.kind !== 'found') return found
      return updated(
        found,
        (entity, row) => {
          if (entity === 'tasks') return moment === undefined ? undefined : { due_at: moment.from.toUTC().toISO() }
          return movedTo(
            row,
            (before) => {
              if (moment === undefined) return time === undefined ? undefined : before.set({ ...time, second: 0 })
              // A day alone leaves the time of day as it is.
              return moment.timed ? moment.from : moment.from.set({ hour: before.hour, minute: before.minute })
            },
            known,
          )
        },
        (records) => `${records} would move to ${right}`,
      )
    }
  }
  return undefined
}

function movedTo(row: Row, to: (before: DateTime) => DateTime | undefined, { context }: Lexis): Record<string, unknown> | undefined {
  if (typeof row.starts_at !== 'string') return undefined
  const before = DateTime.fromISO(row.starts_at, { zone: context.timeZone })
  const start = to(before)
  if (start === undefined) return undefined
  const length = typeof row.ends_at === 'string' ? Date.parse(row.ends_at) - Date.parse(row.starts_at) : undefined
  return { starts_at: start.toUTC().toISO(), ...(length === undefined ? {} : { ends_at: start.plus({ milliseconds: length }).toUTC().toISO() }) }
}

/** "Make my next meeting with Kofi 45 minutes long", "extend … by 30 minutes". */
export const readLength: ActionReader = (text, lexis) => {
  const should = /^(.+?) (?:should|must|has to|needs to|is to|will|ought to)(?: now| only)? (?:last|take|be|go on for) (.+?)(?: long)?$/i.exec(text)
  const wanted = should === null || readMinutes(should[2] ?? '') === undefined ? undefined : readLength(`make ${should[1]} last ${should[2]}`, lexis)
  if (wanted !== undefined) return wanted
  const more =
    new RegExp(`^(?:make|have|let) (.+?) (?:be |last )?(${spanPattern}) (longer|shorter)$`, 'i').exec(text) ??
    new RegExp(`^(.+?) (?:should|must|has to|needs to) be (${spanPattern}) (longer|shorter)$`, 'i').exec(text)
  if (more !== null) return readLength(`${/longer/i.test(more[3] ?? '') ? 'extend' : 'shorten'} ${more[1]} by ${more[2]}`, lexis)
  const by = /^(extend|lengthen|prolong|shorten|cut|reduce)\s+(.+?)\s+by\s+(.+)$/i.exec(text)
  const to = /^(?:make|change|set|shorten|extend|lengthen|cut|reduce|update)\s+(.+?)\s+(?:to (?:be |last )?|last )?(.+?)(?: long| in length)?$/i
  if (by !== null) {
    const minutes = readMinutes(by[3] ?? '')
    const target = minutes === undefined ? undefined : readTarget(by[2] ?? '', lexis)
    const sign = /^(?:extend|lengthen|prolong)/i.test(by[1] ?? '') ? 1 : -1
    if (minutes === undefined || target?.entities.includes('events') !== true) return undefined
    return lengthAction(target, (before) => before + sign * minutes, `${minutes} minutes ${sign > 0 ? 'longer' : 'shorter'}`)
  }
  if (!to.test(text)) return undefined
  const said = text.replace(/^\S+\s+/, '').replace(/(?: long| in length)$/i, '')
  for (const { left, right } of [
    ...cuts(said, /\s+(?:to(?: be| last)?|last|be)\s+/i, 'right'),
    ...cuts(said, new RegExp(`\\s+(?=(?:${numberPattern})[ -](?:min|hour|h))`, 'i'), 'right'),
  ]) {
    const minutes = readMinutes(right)
    const records = left.replace(/^(?:the )?(?:duration|length) (?:of|for) /i, '').replace(/'s (?:duration|length)$/i, '')
    const target = minutes === undefined ? undefined : readTarget(records, lexis)
    if (minutes !== undefined && target?.entities.includes('events') === true) return lengthAction(target, () => minutes, `for ${minutes} minutes`)
  }
  return undefined
}

function lengthAction(target: Selection, length: (before: number) => number, told: string): Action {
  return async (tx, lexis) => {
    const found = await resolve(tx, target, lexis, { only: ['events'], future: true, own: true })
    if (found.kind !== 'found') return found
    return updated(
      found,
      (_, row) => {
        const start = Date.parse(String(row.starts_at))
        const before = typeof row.ends_at === 'string' ? (Date.parse(row.ends_at) - start) / 60_000 : 30
        const minutes = length(before)
        return minutes > 0 && Number.isFinite(start) ? { ends_at: new Date(start + minutes * 60_000).toISOString() } : undefined
      },
      (records) => `${records} would last ${told}`,
    )
  }
}
