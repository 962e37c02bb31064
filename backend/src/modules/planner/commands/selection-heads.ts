import { usersNamed } from '#backend/modules/planner/world/world.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { duringTime, hasValue, inState, mine, ofPerson, withPerson } from './constraints.ts'
import { type Lexis, valuesNamed } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { numberOf, readDay, readTime } from './moments.ts'
import { ofPersons } from './owners.ts'
import { personsIn, readPerson } from './people.ts'
import { rankField, ranks } from './ranks.ts'
import type { Constraint, Part } from './selection.ts'

const states: readonly [RegExp, string][] = [
  [/^(?:overdue|late|past[- ]due|delayed)$/i, 'overdue'],
  [/^unfinished$/i, 'unfinished'],
  [/^(?:incomplete|uncompleted|outstanding|pending|remaining|undone)$/i, 'open'],
  [/^(?:not[- ]started|unstarted|untouched)$/i, 'notStarted'],
  [/^(?:started)$/i, 'started'],
  [/^(?:completed|finished|done|closed)$/i, 'completed'],
  [/^open$/i, 'open'],
  [/^(?:upcoming|future)$/i, 'upcoming'],
  [/^past$/i, 'past'],
  [/^(?:unassigned|ownerless)$/i, 'unassigned'],
  [/^(?:stalled|stale)$/i, 'stalled'],
  [/^untagged$/i, 'untagged'],
]

const places: Readonly<Record<string, number>> = { second: 2, '2nd': 2, third: 3, '3rd': 3, fourth: 4, '4th': 4, fifth: 5, '5th': 5 }

/** What stands before the noun: "all of Kofi's overdue front-end"; undefined when a word of it says nothing. */
export function readHeads(text: string, kinds: readonly EntityName[], lexis: Lexis): Part[] | undefined {
  if (text === '') return []
  const words = text.split(' ')
  const title = namedBy(text, kinds, lexis)
  // What records are called here is a name, whatever its words say.
  if (title !== undefined && (lexis.world.labels.get(fold(title)) ?? []).some(({ entity }) => kinds.includes(entity))) return [{ name: title }]
  for (let length = words.length; length > 0; length--) {
    lexis.effort.words -= length
    if (lexis.effort.words <= 0) return undefined
    const first = words.slice(0, length).join(' ')
    const rest = words.slice(length).join(' ')
    for (const part of readHead(first, kinds, lexis)) {
      // It says something of one of the kinds that are meant.
      const { constraint } = part
      if (constraint !== undefined && !kinds.some((entity) => constraint(entity, lexis) !== undefined)) continue
      const others = readHeads(rest, kinds, lexis)
      if (others !== undefined) return [part, ...others]
    }
  }
  return title === undefined ? undefined : [{ name: title }]
}

/** What stands right before the noun may be the record's name: "the Acme deal". */
function namedBy(said: string, kinds: readonly EntityName[], lexis: Lexis): string | undefined {
  const isPersons = kinds.includes('contacts')
  if (isPersons ? said.split(' ').length > 4 || / to |'s /.test(said) : /\b(?:leads|customers|clients|tasks|meetings|e?mails)\b/i.test(said)) return undefined
  // People's names are capitalised.
  if (isPersons && !said.split(' ').every((word) => /^(?:the$|\p{Lu}|⟦)/u.test(word))) return undefined
  return nameable.test(kinds[0] ?? '') &&
    !/'s\b|'$|n't\b|^(?:i|we|you|he|she|they|please)\b|\b(?:need|want|think|closed|sent|got)\b/i.test(said) &&
    !unnamed.test(said)
    ? unquoted(said, lexis.quotes)
    : undefined
}

function readHead(said: string, kinds: readonly EntityName[], lexis: Lexis): Part[] {
  if (lexis.effort.looks-- <= 0) return []
  if (/^(?:the|this|that|an?|of|your)$/i.test(said)) return [{}]
  if (/^(?:all|any|every|each|all (?:of )?the|any of(?: the)?|all of|every one of|each of|whatever)$/i.test(said)) return [{ many: true }]
  if (/^(?:all (?:of )?)?(?:these|those)$/i.test(said)) return [{ many: true, pointing: true }]
  if (/^any (?:more|further)$/i.test(said) && kinds[0] === 'events') return [{ many: true }]
  if (/^both(?: of)?$/i.test(said)) return [{ many: true, exactly: 2 }]
  if (/^(?:some(?: of)?|a few(?: of)?|several(?: of)?|a couple of|one of|two of|half of|most of|part of)$/i.test(said)) return [{ many: true, vague: true }]
  if (/^(?:my|our own|mine)$/i.test(said)) return [{ constraint: mine, mine: true }]
  // "Our next meeting" is with whoever was spoken of.
  if (/^our$/i.test(said)) {
    const together = kinds[0] === 'events' ? personsIn(lexis.before, lexis) : []
    const [other] = together
    return together.length > 1 ? [] : [other === undefined ? {} : { constraint: withPerson(other) }]
  }
  const time = kinds[0] === 'events' && /:|am$|pm$|o'?clock$|noon/i.test(said) ? readTime(said) : undefined
  const part = kinds[0] === 'events' ? partsOfDay[said.toLowerCase()] : undefined
  if (part !== undefined) return [{ constraint: beginningBetween(part) }]
  if (time !== undefined) return [{ constraint: beginningAt(time) }]
  const amount = /^(?:two|three|four|five|\d+)$/i.test(said) ? numberOf(said) : undefined
  const ordinal = /^(.+?) (two|three|four|five|\d+)$/i.exec(said)
  for (const [pattern, first, by] of ranks) {
    if (!kinds.some((entity) => rankField(by, entity, lexis) !== undefined)) continue
    if (pattern.test(said)) return [{ order: { first, count: 1, by, plain: true, ...(/^upcoming$/i.test(said) ? { upcoming: true as const } : {}) } }]
    if (ordinal !== null && pattern.test(ordinal[1] ?? '')) return [{ order: { first, count: numberOf(ordinal[2] ?? ''), by } }]
  }
  if (amount !== undefined) return [{ number: amount }]
  if (kinds.includes('opportunities') && /^[A-Z]{3}$/.test(said) && Intl.supportedValuesOf('currency').includes(said))
    return [{ constraint: (entity) => (entities[entity].fields.currency === undefined ? undefined : { field: 'currency', op: 'eq', value: said }) }]
  const nth = places[said.toLowerCase()]
  if (nth !== undefined) return [{ order: { first: true, count: 1, by: 'time', nth } }]
  const fromEnd = /^(?:second|2nd)[- ](?:to[- ])?last$/i.test(said)
  if (fromEnd) return [{ order: { first: false, count: 1, by: 'time', nth: 2 } }]
  const owner = /^(.+?)(?:'s|(?<=s)')$/i.exec(said)?.[1]
  if (owner !== undefined) {
    const moment = kinds[0] === 'events' || kinds[0] === 'emails' ? readDay(owner, lexis.now, kinds[0] === 'events' ? 'future' : 'past') : undefined
    if (moment !== undefined) return [{ constraint: duringTime(moment, ''), timed: true }]
    const whose = /^to\s/i.test(owner) ? undefined : ofPersons(owner, lexis)
    return whose === undefined ? [] : [{ constraint: whose }]
  }
  if (/^their$|^his$|^her$/i.test(said)) {
    const reference = readPerson('them', lexis)
    return reference?.kind === 'person' ? [{ constraint: ofPerson(reference.person) }] : []
  }
  // "Kofis tasks", as it is typed in haste.
  const hasty = /^(\p{L}{3,})s$/u.exec(said)?.[1]
  if (hasty !== undefined && usersNamed(lexis.world, fold(said)).length === 0 && usersNamed(lexis.world, fold(hasty)).length === 1) {
    const whose = ofPersons(hasty, lexis)
    if (whose !== undefined) return [{ constraint: whose }]
  }
  for (const [pattern, state] of states) if (pattern.test(said)) return [{ constraint: inState(state) }]
  const priority = /^(.+)[- ]priority$/i.exec(said)?.[1]
  if (priority !== undefined) return [{ constraint: hasValue(priority, /priority/) }]
  if (/^(?:new|fresh)$/i.test(said))
    return [{ constraint: (entity, known) => hasValue('new')(entity, known) ?? (isLeadWord(entity, known) ? { field: 'id', op: 'isNotEmpty' } : undefined) }]
  // "Lost or won customers".
  const several = said.split(/\s*,\s*(?:or |and )?|\s+(?:or|and)\s+/i)
  const union = several.length > 1 ? eitherOf(several, kinds, lexis) : undefined
  if (union !== undefined) return [{ constraint: union }]
  const day = kinds[0] === 'events' || kinds[0] === 'emails' ? readDay(said, lexis.now, kinds[0] === 'events' ? 'future' : 'past') : undefined
  if (day !== undefined) return [{ constraint: duringTime(day, ''), timed: true }]
  // "Review tasks" are in review.
  if (kinds[0] === 'tasks' && /^(?:review|progress)$/i.test(said)) return [{ constraint: hasValue(`in ${said}`) }]
  const parts: Part[] = []
  const value = unquoted(said, lexis.quotes)
  const bare = clean(value.replace(/\s+(?:stage|status|board|list)$/i, ''))
  if (kinds.some((entity) => valuesNamed(lexis, bare, entity).length > 0)) parts.push({ constraint: hasValue(bare) })
  return parts
}

const partsOfDay: Readonly<Record<string, readonly [from: number, to: number]>> = { morning: [0, 12], afternoon: [12, 18], evening: [17, 24] }

/** "The morning meetings." */
function beginningBetween([from, to]: readonly [number, number]): Constraint {
  return (entity) =>
    entity !== 'events'
      ? undefined
      : {
          and: [
            { field: 'starts_at.hour', op: 'gte', value: from },
            { field: 'starts_at.hour', op: 'lt', value: to },
          ],
        }
}

/** Days around today on which a meeting at a time of day is looked for. */
const [daysBack, daysAhead] = [31, 366]

/** They begin at that time to the minute, whichever day it is. */
function beginningAt(time: { hour: number; minute: number }): Constraint {
  return (entity, { now }) =>
    entity !== 'events'
      ? undefined
      : {
          field: 'starts_at',
          op: 'in',
          value: Array.from({ length: daysBack + daysAhead }, (_, day) =>
            String(
              now
                .startOf('day')
                .plus({ days: day - daysBack })
                .set(time)
                .toUTC()
                .toISO(),
            ),
          ),
        }
}

/** Any of several values that one field has. */
function eitherOf(phrases: readonly string[], kinds: readonly EntityName[], lexis: Lexis): Part['constraint'] | undefined {
  const filtersOf = (entity: EntityName, known: Lexis) =>
    phrases.flatMap((phrase) => (valuesNamed(known, phrase, entity).length > 0 ? (hasValue(phrase)(entity, known) ?? []) : []))
  const isOne = (entity: EntityName, known: Lexis) => {
    const filters = filtersOf(entity, known)
    return filters.length === phrases.length && new Set(filters.map((filter) => ('field' in filter ? filter.field : ''))).size === 1
  }
  if (!kinds.some((entity) => isOne(entity, lexis))) return undefined
  return (entity, known) => (isOne(entity, known) ? { or: filtersOf(entity, known) } : undefined)
}

/** Words that no name of a record has, so that what they say is not taken for one. */
const unnamed =
  /^(?:the|an?|this|that|some|one|few|several|most|newest|oldest|earliest|upcoming|previous|soonest|biggest|largest|smallest|longest|shortest|busiest|best|worst|highest|lowest|future|past|high|low|medium|urgent|recent)(?:\s|$)|(?:^|\s)(?:not|no|never|is|are|was|were|has|have|had|except|without|but|longer|all|any|every|my|their|his|her|our|me|them|that|who|which|only|first|last|next|latest|overdue|open|unfinished|unassigned|new|old)(?:\s|$)/i

const nameable = /^(?:opportunities|tasks|events|emails|organisations|contacts|leads)$/

/** "New leads" says no more than "leads" where leads have no such status. */
function isLeadWord(entity: EntityName, lexis: Lexis): boolean {
  return (entity === 'leads' || entity === 'contacts') && valuesNamed(lexis, 'new', entity).length === 0
}
