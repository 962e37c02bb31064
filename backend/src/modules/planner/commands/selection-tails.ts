import { type EntityName, entities } from '#contracts/entities.ts'
import { duringTime, hasValue, inState, interestHint, notHeardSince, ofPerson, stateHint, withPerson } from './constraints.ts'
import { fieldNamed } from './fields.ts'
import { type Lexis, valuesNamed } from './lexis.ts'
import { unquoted } from './message.ts'
import { type Moment, numberPattern, readDay, readDayRange, readDays, readHours, readMoment, readPartOfDay, readSpan } from './moments.ts'
import { ofPersons } from './owners.ts'
import { readPerson } from './people.ts'
import type { Part } from './selection.ts'

type TailReader = (slot: string, kinds: readonly EntityName[], lexis: Lexis) => Part | undefined

const relative = "(?:(?:that|who|which)(?: (?:are|is|were|was)|(?:'re|'s))?(?: (?:currently|still|now|already))?|(?:who|that)|currently|still|and|but|,)"

const person =
  (build: (reference: Parameters<typeof ofPerson>[0]) => Part['constraint'], only?: readonly EntityName[]): TailReader =>
  (slot, _, lexis) => {
    const reference = readPerson(slot, lexis)
    if (reference?.kind !== 'person') return undefined
    const constraint = build(reference.person)
    return constraint === undefined ? undefined : { constraint, ...(only === undefined ? {} : { only }) }
  }

const value =
  (hint?: RegExp, negated = false): TailReader =>
  (slot, kinds, lexis) => {
    const said = unquoted(slot.replace(/^(?:the|a|an|our)\s+/i, ''), lexis.quotes)
    const bare = said.replace(/\s+(?:products?|stages?|status|lists?|boards?|columns?|phases?|states?|priority|industry|sector)$/i, '')
    const several = bare.split(/\s+(?:or|and)\s+|\s*,\s*(?:(?:or|and)\s+)?/i)
    if (several.length > 1 && several.every((one) => kinds.some((entity) => valuesNamed(lexis, one, entity).length > 0)))
      return {
        constraint: (entity, known) => {
          const filters = several.flatMap((one) => hasValue(one, hint)(entity, known) ?? [])
          return filters.length < several.length ? undefined : negated ? { not: { or: filters } } : { or: filters }
        },
      }
    const phrase = kinds.some((entity) => valuesNamed(lexis, said, entity).length > 0) ? said : bare
    return kinds.some((entity) => valuesNamed(lexis, phrase, entity).length > 0) ? { constraint: hasValue(phrase, hint, negated) } : undefined
  }

const state =
  (name: string): TailReader =>
  () => ({ constraint: inState(name), ...(name === 'upcoming' || name === 'past' ? { timed: true } : {}) })

const time =
  (verb: string, side: 'on' | 'before' | 'after' | 'until' | 'since'): TailReader =>
  (slot, kinds, lexis) => {
    const direction =
      kinds[0] === 'emails' || /creat|add|sent|receiv|contact/.test(verb) || side === 'since'
        ? 'past'
        : side === 'on' && kinds[0] === 'events'
          ? 'future'
          : 'nearest'
    const several = side === 'on' ? readDays(slot, lexis.now, direction) : undefined
    if (several !== undefined) return { constraint: duringAny(several, verb), timed: true }
    const moment = readMoment(slot, lexis.now, direction) ?? (side === 'on' ? readPartOfDay(slot, lexis.now, direction) : undefined)
    if (moment === undefined) return undefined
    // A time of day bounds that day alone.
    const within = moment.timed && verb === '' ? { from: moment.from.startOf('day'), to: moment.from.endOf('day') } : {}
    const span =
      side === 'on'
        ? { from: moment.from, to: moment.timed ? moment.from.plus({ minutes: 1 }) : moment.to }
        : side === 'before'
          ? { ...within, to: moment.from }
          : side === 'until'
            ? { ...within, to: moment.to }
            : { ...within, from: side === 'since' ? moment.from : moment.timed ? moment.to.plus({ minutes: 1 }) : moment.to }
    return { constraint: duringTime(span, verb), timed: true }
  }

function duringAny(moments: readonly Moment[], verb: string): NonNullable<Part['constraint']> {
  return (entity, known) => {
    const filters = moments.flatMap((moment) => duringTime(moment, verb)(entity, known) ?? [])
    return filters.length < moments.length ? undefined : { or: filters }
  }
}

/** A span that both its ends tell. */
const between =
  (verb: string, read: typeof readDayRange): TailReader =>
  (slot, kinds, lexis) => {
    const span = read(slot, lexis.now, kinds[0] === 'emails' ? 'past' : kinds[0] === 'events' ? 'future' : 'nearest')
    return span === undefined ? undefined : { constraint: duringTime(span, verb), timed: true }
  }

const window =
  (verb: string, ahead: boolean): TailReader =>
  (slot, _, lexis) => {
    const span = readSpan(slot)
    if (span === undefined) return undefined
    const { now } = lexis
    return { constraint: duringTime(ahead ? { from: now, to: now.plus(span) } : { from: now.minus(span), to: now }, verb), timed: true }
  }

/** Since the length of time that a slot says, they have not been heard of; a proposal that waits says so of its status. */
const silence =
  (proposal: boolean, orNever: boolean): TailReader =>
  (slot, kinds, lexis) => {
    const span = readSpan(slot)
    const moment = span === undefined ? readDay(slot, lexis.now, 'past')?.from : lexis.now.minus(span).startOf('day')
    if (moment === undefined) return undefined
    const waits = proposal ? value(stateHint)('proposal', kinds, lexis)?.constraint : undefined
    if (proposal && waits === undefined) return undefined
    const heard = notHeardSince({ from: moment, to: moment, timed: false }, orNever)
    return {
      constraint: (entity, known) => {
        const silent = heard(entity, known)
        const waiting = waits?.(entity, known)
        if (silent === undefined || (proposal && waiting === undefined)) return undefined
        return waiting === undefined ? silent : { and: [waiting, silent] }
      },
    }
  }

/** A field that has no value, or has one. */
const emptied =
  (op: 'isEmpty' | 'isNotEmpty'): TailReader =>
  (slot, kinds, lexis) =>
    kinds.some((entity) => fieldNamed(slot, entity, lexis) !== undefined)
      ? {
          constraint: (entity, known) => {
            const field = fieldNamed(slot, entity, known)
            return field === undefined ? undefined : { field: field.path, op }
          },
        }
      : undefined

const not = "(?:haven't|have not|hasn't|has not|didn't|did not|never)"
const answered = '(?:responded|replied|answered|reacted|respond|reply|answer|react|got(?:ten)? back|come back)(?: to us)?'
const offered = '(?: to)? (?:a|the|our|their|any)? ?(?:proposals?|offers?|quotes?)'
const since = `(?:in|for|within|over|during|since)(?: (?:the|at least|more than|over))*(?: (?:last|past|previous))?`
const any = '(.+)'
const some = '(.+?)'

/** Patterns of what follows a noun; the slot in parentheses is read by the reader. Longer ones first. */
const tails: readonly [string, TailReader][] = [
  [`${not} ${answered}${offered} for (?:the|a|an|our)? ?${some} (?:products? )?${since} ${any}`, () => undefined],
  [`${not} ${answered}${offered} ${since} ${some}`, silence(true, false)],
  [`${not} ${answered} ${since} ${some}`, silence(false, false)],
  [`${not} (?:been )?(?:contacted|spoken to|talked to|reached|called|touched) ${since} ${some}`, silence(false, true)],
  [
    `(?:we|i) ${not} (?:been )?(?:contacted|spoken (?:to|with)|talked to|reached|heard from|been in touch with|called|touched) ${since} ${some}`,
    silence(false, true),
  ],
  [`(?:not contacted|uncontacted|without (?:any )?contact|no contact|not heard from) ${since} ${some}`, silence(false, true)],
  [
    `(?:(?:we|i) )?(?:have |had |were |was )?(?:last )?(?:contacted|spoken to|spoke to|heard from|talked to) (?:more than|over|longer than) ${some} ago`,
    silence(false, false),
  ],
  [`(?:(?:we|i) )?(?:have |had |were |was )?last (?:contacted|spoken to|spoke to|heard from|talked to) before ${some}`, silence(false, false)],
  [
    `(?:with |who have |having |that have )(?:the |a )?phone(?: number)?(?: of)? ${some}`,
    (slot) =>
      /^[+\d(][\d\s().x/-]{3,}$/.test(slot)
        ? { constraint: (entity) => (entities[entity].fields.phone === undefined ? undefined : { field: 'phone', op: 'eq', value: slot }) }
        : undefined,
  ],
  [`(?:and )?(?:has|have|having) no ${some}`, emptied('isEmpty')],
  [`in (?:the )?${some} (?:stage|status|list|column|state|phase)`, value(stateHint)],
  [`(?:with|having|at|of) (?:the |a |an )?(?:status|stage|state)(?: of)? ${some}`, value(stateHint)],
  [`(?:whose|where the|with the) (?:status|stage|state) is ${some}`, value(stateHint)],
  [`(?:except|excluding|other than|apart from|but not|not)(?: for)? ${some}(?:'s)?(?: ones)?`, (slot, kinds, lexis) => notOf(slot, kinds, lexis)],
  [
    `(?:except|excluding|other than|apart from|but not|but no|not)(?: for)? (?:the ones|those|ones|the customers|the leads|customers|leads|anyone|anybody) (?:who (?:are|were)|that (?:are|were)|who|that)? ?(?:interested in|(?:want|wanted|need|needed|like) ?|looking for|after) ?${some}`,
    value(interestHint, true),
  ],
  [`not interested in ${some}`, value(interestHint, true)],
  [
    `(?:(?:have|has|had|with|showed|shown|expressed) (?:an )?interest in|interested in|want|wants|who want|wanted|asked for|ask for|asking for|need|needs|needed|looking for|looking at|looking to buy|keen on|bought|buying|have bought|has bought|purchased|ordered|signed up for|inquired about|asked about|after) ${some}`,
    value(interestHint),
  ],
  [`(?:with )?(?:product interest|interest) (?:is |of |in )?${some}`, value(interestHint)],
  [`(?:not|except|excluding|other than|apart from) (?:in )?(?:the )?${some}`, value(undefined, true)],
  [some, value(stateHint)],
  [`on (?:the|our)? ?${some} board`, value(/board|project/)],
  [`tagged(?: as| with)? ${some}`, value(/tags/)],
  [`(?:from|in|based in|at|who work at|working at|of) ${some}`, value()],
  [`(?:assigned|allocated|belonging|given|that belong|belong|belongs|owned|managed|handled) (?:to|by) ${some}`, person(ofPerson)],
  [`(?:of|by) ${some}`, person(ofPerson)],
  [
    `(?:of|by|owned by|assigned to|belonging to) ${some}`,
    (slot, kinds, lexis) => {
      const constraint = / and | or |,/i.test(slot) && kinds[0] !== 'events' ? ofPersons(slot, lexis) : undefined
      return constraint === undefined ? undefined : { constraint }
    },
  ],
  [`for ${some}`, value(interestHint)],
  [`${some} (?:owns|has|is responsible for|is working on|manages|handles)`, person(ofPerson)],
  [`(?:that )?${some} ${not} (?:yet )?(?:started|begun|start)(?: yet| on)?`, (slot, kinds, lexis) => notStartedBy(slot, kinds, lexis)],
  [`${not} (?:been )?(?:started|begun)(?: yet)?`, state('notStarted')],
  [`${not} (?:been )?(?:finished)(?: yet)?`, state('unfinished')],
  [`${not} (?:been )?(?:completed|done)(?: yet)?`, state('open')],
  [`not (?:yet )?(?:started|begun)(?: yet)?`, state('notStarted')],
  [`(?:overdue|past due|late|past their (?:due date|deadline))`, state('overdue')],
  [`(?:unfinished|not (?:yet )?finished)`, state('unfinished')],
  [`(?:not (?:yet )?(?:completed|done)|incomplete|open|outstanding|pending)`, state('open')],
  [`(?:completed|finished|done)`, state('completed')],
  [`(?:not (?:started|begun))`, state('notStarted')],
  [`(?:unassigned|without an owner)`, state('unassigned')],
  [`(?:scheduled|booked|planned|coming up|in the future|from now on|going forward|ahead)`, state('upcoming')],
  [`(?:with|involving|together with|alongside) ${some}`, person(withPerson)],
  [`(?:i have |i've got |we have )?with ${some}`, person(withPerson, ['events', 'emails'])],
  [
    `(?:from|of|sent on|received on|dated|i (?:got|received) (?:on|in)?) ?${some}`,
    (slot, kinds, lexis) => (kinds[0] === 'emails' ? time('sent', 'on')(slot, kinds, lexis) : undefined),
  ],
  [`(?:i (?:got|received|had) )?(?:sent |received )?(?:from|by) ${some}`, person(ofPerson, ['emails'])],
  [
    `(?:i (?:got|received) )?(?:sent |received )?(?:from|by) ${some}`,
    (slot, kinds, lexis) => {
      const senders = kinds[0] === 'emails' && / and | or |,/i.test(slot) ? ofPersons(slot, lexis) : undefined
      return senders === undefined ? undefined : { constraint: senders, only: ['emails'] }
    },
  ],
  [`from ${some}`, person(ofPerson)],
  [`that ${some} sent(?: me| us)?`, person(ofPerson, ['emails'])],
  [`(?:that )?${some} (?:has |have |had )?(?:sent|written|emailed)(?: to)?(?: me| us)?`, person(ofPerson, ['emails'])],
  [
    `(?:i sent |sent )?to ${some}`,
    person((one) => (one.email === undefined ? undefined : () => ({ field: 'to', op: 'eq', value: one.email as string })), ['emails']),
  ],
  [
    `(?:(?:that (?:is|are) )?(?:called|named|titled|entitled|about|regarding|concerning|on|with (?:the )?(?:subject|title)(?: line)?|whose (?:subject|title|name) is)) (?:the )?(⟦\\d+⟧)`,
    (slot, _, lexis) => ({ name: unquoted(slot, lexis.quotes) }),
  ],
  [
    `(?:called|named|titled|entitled|about|regarding|concerning|with (?:the )?subject(?: line)?) ${some}`,
    (slot, _, lexis) => (/⟦/.test(slot) ? undefined : { name: unquoted(slot, lexis.quotes) }),
  ],
  [`(⟦\\d+⟧)`, (slot, _, lexis) => ({ name: unquoted(slot, lexis.quotes) })],
  [`((?:from|between) .+)`, between('', readDayRange)],
  [`due ((?:from|between) .+)`, between('due', readDayRange)],
  [`(?:on |for )?(.+)`, between('', readHours)],
  [`(?:due|closing|expected)(?: (?:on|by|in))? ${some}`, time('due', 'on')],
  [
    `with (?:the |an )?email(?: address)?(?: of)? ${some}`,
    (slot) =>
      /^\S+@\S+$/.test(slot)
        ? { constraint: (entity) => (entities[entity].fields.email === undefined ? undefined : { field: 'email', op: 'eq', value: slot }) }
        : undefined,
  ],
  [`(?:without|who have no|that have no|with no|missing|lacking)(?: an?| any| the)? ${some}`, emptied('isEmpty')],
  [`(?:with|who have|that have)(?: an?| a) ${some}`, emptied('isNotEmpty')],
  [`(?:that )?(?:arrived|came in|came)(?: in)?(?: on)? ${some}`, time('sent', 'on')],
  [`(?:received|sent|dated|from|that (?:arrived|came in)|which (?:arrived|came in)) before ${some}`, time('sent', 'before')],
  [`older than ${some}`, (slot, kinds, lexis) => (kinds[0] === 'emails' ? olderThan(slot, kinds, lexis) : undefined)],
  [
    `(?:received|sent|dated|arrived)(?: (?:on|in|during))? ${some}`,
    (slot, kinds, lexis) => (kinds[0] === 'emails' ? time('sent', 'on')(slot, kinds, lexis) : undefined),
  ],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were))?(?: due)? before ${some}`, time('follow', 'before')],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were))?(?: due)? after ${some}`, time('follow', 'after')],
  [`(?:whose |with (?:a |their )?|that have a )?follow[- ]?ups?(?: date)?(?: (?:is|are|was|were|of))?(?: due)?(?: (?:on|in))? ${some}`, time('follow', 'on')],
  [
    `(?:(?:with |who have |that have |having )(?:an? |their )?(?:overdue|late|missed|past|expired|lapsed|past-due) follow[- ]?ups?(?: dates?)?|(?:whose |where the |with (?:a |their |the )?)follow[- ]?ups?(?: dates?)? (?:has|have|is|are|was|were|that (?:has|is))(?: already)? (?:passed|overdue|past|missed|in the past|gone by|late|expired|over)|overdue for (?:a )?follow[- ]?up)`,
    (_, __, lexis) => ({ constraint: duringTime({ to: lexis.now.startOf('day') }, 'follow'), timed: true }),
  ],
  [`(?:received|sent|dated) (?:after|since) ${some}`, time('sent', 'since')],
  [`due before ${some}`, time('due', 'before')],
  [`due after ${some}`, time('due', 'after')],
  [`(?:created|added)(?: (?:on|in|during))? ${some}`, time('created', 'on')],
  [`(?:created|added) before ${some}`, time('created', 'before')],
  [`(?:created|added) (?:after|since) ${some}`, time('created', 'since')],
  [`(?:in|over|for|during|within) the (?:next|coming|following) ${some}`, window('', true)],
  [`(?:in|over|for|during|within) the (?:last|past|previous) ${some}`, window('', false)],
  [`before ${some}`, time('', 'before')],
  [`(?:until|through|up to) ${some}`, time('', 'until')],
  [`(?:after|later than) ${some}`, time('', 'after')],
  [`(?:since|from|starting) ${some}(?: on(?:wards)?)?`, time('', 'since')],
  [`(?:(?:scheduled|planned|booked) )?(?:for|on|at|in|of)? ?${some}`, time('', 'on')],
]

function olderThan(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const span = readSpan(slot)
  return span === undefined ? time('sent', 'before')(slot, kinds, lexis) : { constraint: duringTime({ to: lexis.now.minus(span) }, 'sent'), timed: true }
}

function notOf(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const owner = person(ofPerson)(slot.replace(/'s$/, ''), kinds, lexis)?.constraint
  if (owner === undefined) return undefined
  return {
    constraint: (entity, known) => {
      const filter = owner(entity, known)
      return filter === undefined ? undefined : { not: filter }
    },
  }
}

function notStartedBy(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const owner = /^they$/i.test(slot) ? {} : person(ofPerson)(slot, kinds, lexis)
  if (owner === undefined) return undefined
  const begun = inState('notStarted')
  return {
    constraint: (entity, known) => {
      const filters = [begun(entity, known), ...(owner.constraint === undefined ? [] : [owner.constraint(entity, known)])]
      const said = filters.flatMap((filter) => filter ?? [])
      return said.length < filters.length ? undefined : { and: said }
    },
  }
}

const compiled = tails.map(([pattern, reader]) => ({ pattern: new RegExp(`^${pattern}$`, 'iu'), reader }))
const waitingFor = new RegExp(
  `^${not} ${answered}(?: to)? (?:(?:the|a|an|our|their|any) )?(?!to\\b|an?\\b|the\\b|our\\b|any\\b)(\\S+(?: \\S+)?) (?:proposals?|offers?|quotes?) (${since} .+)$`,
  'i',
)
const waiting = new RegExp(`^${not} ${answered}${offered} (?:for|about|on) (?:(?:the|a|an|our) )?(.+?)(?: products?)? (${since} .+)$`, 'i')
const joint = new RegExp(`^${relative}\\s+`, 'i')

const known = new WeakMap<Lexis, Map<string, Part[] | undefined>>()

/** What stands behind the noun: "that are in the won stage and interested in services"; undefined when a word of it says nothing. */
export function readTails(text: string, kinds: readonly EntityName[], lexis: Lexis): Part[] | undefined {
  if (text === '') return []
  const kept = known.get(lexis) ?? new Map<string, Part[] | undefined>()
  known.set(lexis, kept)
  const key = `${kinds.join()} ${text}`
  if (!kept.has(key)) kept.set(key, readTailsAnew(text, kinds, lexis))
  return kept.get(key)
}

function readTailsAnew(text: string, kinds: readonly EntityName[], lexis: Lexis): Part[] | undefined {
  const proposal = waiting.exec(text) ?? waitingFor.exec(text)
  if (proposal !== null) return readTails(`interested in ${proposal[1]} and haven't responded to a proposal ${proposal[2]}`, kinds, lexis)
  const words = text.split(' ')
  for (let length = words.length; length > 0; length--) {
    const first = words.slice(0, length).join(' ').replace(/,$/, '')
    const rest = words.slice(length).join(' ')
    const part = readTail(first, kinds, lexis)
    if (part === undefined) continue
    const others = readTails(rest, kinds, lexis)
    if (others !== undefined) return [part, ...others]
  }
  const lead = joint.exec(text)
  return lead === null ? undefined : readTails(text.slice(lead[0].length), kinds, lexis)
}

function readTail(said: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  for (const { pattern, reader } of compiled) {
    const match = pattern.exec(said)
    const part = match === null ? undefined : reader(match[1] ?? '', kinds, lexis)
    if (part !== undefined && fits(part, kinds, lexis)) return part
  }
  return undefined
}

/** It says something of one of the kinds of records that are meant. */
function fits({ constraint, only }: Part, kinds: readonly EntityName[], lexis: Lexis): boolean {
  return kinds.some((entity) => (only === undefined || only.includes(entity)) && (constraint === undefined || constraint(entity, lexis) !== undefined))
}

/** How long a span may be said. */
export const spanPattern = `(?:${numberPattern}) (?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)`
