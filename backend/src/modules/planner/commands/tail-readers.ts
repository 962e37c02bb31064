import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { duringTime, hasValue, inState, interestHint, notHeardSince, ofPerson, stateHint } from './constraints.ts'
import { fieldNamed } from './fields.ts'
import { type Lexis, valuesNamed } from './lexis.ts'
import { unquoted } from './message.ts'
import { type Moment, readDay, type readDayRange, readDays, readMoment, readPartOfDay, readSpan } from './moments.ts'
import { readPerson } from './people.ts'
import { type Rank, rankField } from './ranks.ts'
import type { Part } from './selection.ts'

/** Reads the slot of what follows a noun; undefined when it says nothing of these kinds. */
export type TailReader = (slot: string, kinds: readonly EntityName[], lexis: Lexis) => Part | undefined

export const person =
  (build: (reference: Parameters<typeof ofPerson>[0]) => Part['constraint'], only?: readonly EntityName[]): TailReader =>
  (slot, _, lexis) => {
    const reference = readPerson(slot, lexis)
    if (reference?.kind !== 'person') return undefined
    const constraint = build(reference.person)
    return constraint === undefined ? undefined : { constraint, ...(only === undefined ? {} : { only }) }
  }

/** "With a northwind address": their e-mail addresses are of that domain. */
export const atDomain: TailReader = (slot) => {
  const domain = slot.replace(/^@/, '').toLowerCase()
  if (
    !/^[a-z0-9][a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(domain) ||
    /^(?:an?|the|new|no|valid|wrong|old|work|private|business|personal|company|missing|invalid|duplicate|same|shared|different|another|bad|broken|bounced|main|second|primary)$/.test(
      domain,
    )
  )
    return undefined
  return {
    constraint: (entity) =>
      entity !== 'contacts' && entity !== 'leads'
        ? undefined
        : domain.includes('.')
          ? { field: 'email', op: 'endsWith', value: `@${domain}` }
          : { field: 'email', op: 'contains', value: `@${domain}.` },
  }
}

/** It stands in the subject or the text of a mail, in a title, or in notes. */
export const mentioning: TailReader = (slot, kinds, lexis) => {
  const text = unquoted(slot, lexis.quotes)
  return kinds[0] !== 'emails' && kinds[0] !== 'tasks'
    ? undefined
    : {
        constraint: (entity) =>
          entity === 'emails'
            ? {
                or: [
                  { field: 'subject', op: 'contains', value: text },
                  { field: 'body', op: 'contains', value: text },
                ],
              }
            : entity === 'tasks'
              ? { field: 'title', op: 'contains', value: text }
              : undefined,
      }
}

/** First or last of their kind, by what is named. */
export const rankedBy =
  (by: Rank, first: boolean): TailReader =>
  (_, kinds, lexis) =>
    kinds.some((entity) => rankField(by, entity, lexis) !== undefined) && (by !== 'time' || kinds[0] === 'tasks')
      ? { order: { first, count: 1, by, plain: true } }
      : undefined

export const value =
  (hint?: RegExp, negated = false): TailReader =>
  (slot, kinds, lexis) => {
    const said = unquoted(slot.replace(/^(?:the|a|an|our)\s+/i, ''), lexis.quotes)
    const bare = said.replace(/\s+(?:products?|stages?|status|lists?|boards?|columns?|phases?|states?|priority|industry|sector)$/i, '')
    const several = bare
      .replace(/^(?:either|both) /i, '')
      .split(/\s+(?:or|and)\s+|\s*,\s*(?:(?:or|and)\s+)?/i)
      .map((one) => one.replace(/^in (?:the )?/i, ''))
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

export const state =
  (name: string): TailReader =>
  () => ({ constraint: inState(name), ...(name === 'upcoming' || name === 'past' ? { timed: true } : {}) })

export const time =
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
export const between =
  (verb: string, read: typeof readDayRange): TailReader =>
  (slot, kinds, lexis) => {
    const span = read(slot, lexis.now, kinds[0] === 'emails' ? 'past' : kinds[0] === 'events' ? 'future' : 'nearest')
    return span === undefined ? undefined : { constraint: duringTime(span, verb), timed: true }
  }

export const window =
  (verb: string, ahead: boolean): TailReader =>
  (slot, _, lexis) => {
    const span = readSpan(slot.replace(/^(?=(?:day|week|month|year)$)/i, '1 '))
    if (span === undefined) return undefined
    const { now } = lexis
    return { constraint: duringTime(ahead ? { from: now, to: now.plus(span) } : { from: now.minus(span), to: now }, verb), timed: true }
  }

/** Since the length of time that a slot says, they have not been heard of; a proposal that waits says so of its status. */
export const silence =
  (proposal: boolean, orNever: boolean): TailReader =>
  (slot, kinds, lexis) => {
    const span = readSpan(slot.replace(/^(?=(?:day|week|month|year)$)/i, 'one ').replace(/ (?:or (?:longer|more)|already|now)$/i, ''))
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
export const emptied =
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

export function olderThan(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const span = readSpan(slot)
  return span === undefined ? time('sent', 'before')(slot, kinds, lexis) : { constraint: duringTime({ to: lexis.now.minus(span) }, 'sent'), timed: true }
}

export function notOf(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const owner = person(ofPerson)(slot.replace(/'s$/, ''), kinds, lexis)?.constraint
  if (owner === undefined) return undefined
  return {
    constraint: (entity, known) => {
      const filter = owner(entity, known)
      return filter === undefined ? undefined : { not: filter }
    },
  }
}

/** "Except Casey White and Rahul Martinez": none of those who are called so. */
export function notNamed(slot: string, kinds: readonly EntityName[], lexis: Lexis): Part | undefined {
  const found = unquoted(slot, lexis.quotes)
    .split(/\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+/i)
    .map((name) => (lexis.world.labels.get(fold(name.replace(/^(?:the|my) /i, ''))) ?? []).filter(({ entity }) => kinds.includes(entity)))
  if (found.some((records) => records.length === 0)) return undefined
  return { constraint: (entity) => ({ field: 'id', op: 'notIn', value: found.flat().flatMap((one) => (one.entity === entity ? [one.id] : [])) }) }
}

/** "With a hardware proposal": interested in it, and waiting for their answer. */
export const withProposal: TailReader = (slot, kinds, lexis) => {
  const wanted = value(interestHint)(slot.replace(/^(?:open|pending|outstanding|unanswered|running|current|live) /i, ''), kinds, lexis)?.constraint
  const waits = value(stateHint)('proposal', kinds, lexis)?.constraint
  if (wanted === undefined || waits === undefined) return undefined
  return {
    constraint: (entity, known) => {
      const said = [wanted(entity, known), waits(entity, known)].flatMap((filter) => filter ?? [])
      return said.length < 2 ? undefined : { and: said }
    },
  }
}

/** What somebody who has a proposal does not do: it says no more than that they wait. */
const unanswered =
  /,? (?:and|but|without|with) (?:(?:ha(?:s|ve)n't|has not|have not|didn't|never|not|any|an?|a single) )*(?:(?:gotten|got|getting|come|came|coming) back(?: to us)?|answer(?:ed|ing)?|repl(?:y|ied|ying)|respon(?:se|ded|ding)|react(?:ion|ed|ing)|saying anything|a word|decid(?:ed|ing)|us hearing (?:back|anything))$/i

/** "Sitting on a hardware proposal for more than 3 weeks without getting back to us." */
export const sittingOn: TailReader = (slot, kinds, lexis) => {
  const match =
    /^(\S+(?: \S+)?) (?:proposals?|offers?|quotes?) (?:in|for|within|over|during|since) (?:(?:the|at least|more than|over|last|past|previous) )*(.+)$/i.exec(
      slot,
    )
  const span = (match?.[2] ?? '').replace(unanswered, '')
  const wanted = match === null || span === match[2] ? undefined : value(interestHint)(match[1] ?? '', kinds, lexis)?.constraint
  const silent = wanted === undefined ? undefined : silence(true, false)(span, kinds, lexis)?.constraint
  if (wanted === undefined || silent === undefined) return undefined
  return {
    constraint: (entity, known) => {
      const filters = [wanted, silent].flatMap((constraint) => constraint(entity, known) ?? [])
      return filters.length < 2 ? undefined : { and: filters }
    },
  }
}

export function notStartedBy(slot: string, kinds: readonly EntityName[], lexis: Lexis, begun = inState('notStarted')): Part | undefined {
  const isPronoun = /^(?:they|he|she)$/i.test(slot)
  const owner = isPronoun ? {} : person(ofPerson)(slot, kinds, lexis)
  if (owner === undefined) return undefined
  return {
    ...(isPronoun ? { ofSomeone: true as const } : {}),
    constraint: (entity, known) => {
      const filters = [begun(entity, known), ...(owner.constraint === undefined ? [] : [owner.constraint(entity, known)])]
      const said = filters.flatMap((filter) => filter ?? [])
      return said.length < filters.length ? undefined : { and: said }
    },
  }
}
