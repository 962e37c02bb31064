import type { RecordOption } from '#backend/modules/planner/language/reading.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { attachRecords } from '../phrase.ts'
import { keyOf } from '../sorting.ts'
import { beginning, phrasesOf, wordsOf } from './phrases.ts'
import { isRanked, recordsOfRanked } from './records-of.ts'

/** More than these are not told one by one. */
const mostRanked = 50

const compiled = perLanguage(({ dialogue }) => ({ present: phrasesOf(dialogue.present) }))

/** "What deals are there?" after one record was looked at: those that it has; the answer says so. */
export function ofTheOneShown(message: string, own: Interpretation, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const { state, frame, unexplained } = own
  const one = recordLookedAt(before, shown)
  if (one === undefined || frame.entity === one.entity) return undefined
  if (unexplained.length > 0 || frame.kind !== 'list' || frame.limit !== undefined || state.phrases.length !== 1 || state.anaphor || state.me) return undefined
  if (frame.constraints.some(({ slot }) => slot !== 'state' && !slot.startsWith('time:'))) return undefined
  const words = wordsOf(message)
  const { present } = compiled(state.world.language)
  if (!isBareNoun(own) && !words.some((_, at) => beginning(words, present, at) > 0)) return undefined
  const head = { entity: frame.entity, constraints: [], at: -1 }
  const attachment = attachRecords(head, [one], false)
  if (attachment === undefined) return undefined
  return {
    ...frame,
    constraints: [...frame.constraints, attachment.constraint],
    assumptions: [...frame.assumptions, { note: 'ofShown', label: one.label }],
  }
}

/** The record that was told of, or the one whose records were listed. */
function recordLookedAt(before: Frame, shown: PlannerTurn['shown']): RecordOption | undefined {
  const [id] = shown.ids
  if (before.kind === 'lookup' && before.constraints.some(({ slot }) => slot === 'record'))
    return id !== undefined && shown.ids.length === 1 && shown.label !== undefined ? { entity: shown.entity, id, label: shown.label } : undefined
  const named = before.constraints.flatMap(({ record }) => record ?? [])
  const others = before.constraints.filter(({ record, slot }) => record === undefined && slot !== 'state')
  return before.kind === 'list' && others.length === 0 && named.length === 1 ? named[0] : undefined
}

/** "Who is the contact?", "which company is that?" after one record: what it refers to. */
export function referenceOfShown({ state, frame, unexplained }: Interpretation, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const [phrase] = state.phrases
  const asks = state.asks.some((word) => word === 'who' || word === 'which' || word === 'what')
  const noun = state.items[phrase?.at ?? -1]?.reading
  if (shown.ids.length !== 1 || shown.entity !== before.entity || phrase === undefined || state.phrases.length > 1 || !asks || unexplained.length > 0)
    return undefined
  if (
    noun?.kind !== 'entity' ||
    noun.plural ||
    frame.constraints.length > 0 ||
    frame.sort.length > 0 ||
    state.items.some(({ reading }) => !pointing.has(reading.kind))
  )
    return undefined
  const { fields } = entities[before.entity]
  const path = Object.keys(fields).find((name) => fields[name]?.entity === noun.entity && fields[name]?.display === undefined)
  if (path === undefined) return undefined
  return { ...structuredClone(before), kind: 'lookup', fields: [path], assumptions: [] }
}

const pointing = new Set(['filler', 'ask', 'entity', 'anaphor', 'followUp', 'conjunction', 'preposition'])

/** "Contacts", "open deals": a noun and its state, and nothing else. */
function isBareNoun({ state: { items } }: Interpretation): boolean {
  return (
    items.some(({ reading }) => reading.kind === 'entity' && reading.plural && reading.customer !== true) &&
    items.every(({ reading }) => ['entity', 'state', 'conjunction', 'followUp'].includes(reading.kind))
  )
}

const leaning = new Set(['filler', 'ask', 'anaphor', 'field', 'verb', 'conjunction', 'followUp', 'possessive', 'have', 'preposition', 'concept'])

/** "Who owns them", "their prices" after a ranking: fields of what was ranked, and not of what was counted of it. */
export function fieldsOfRanked({ state }: Interpretation, { frame: before, shown }: PlannerTurn): Frame | undefined {
  if (before.kind !== 'groups' || shown.ids.length === 0 || shown.entity === before.entity || !state.anaphor) return undefined
  if (state.phrases.some(({ at }) => at >= 0) || state.items.some(({ reading }) => !leaning.has(reading.kind))) return undefined
  const { fields } = entities[shown.entity]
  const asked =
    state.verb === 'own'
      ? ['owner']
      : state.verb === 'cost'
        ? ['price']
        : state.fields.flatMap(({ options }) => options.find(({ entity }) => entity === shown.entity)?.path ?? [])
  if (asked.length === 0 || asked.some((field) => fields[field] === undefined)) return undefined
  const frame = emptyFrame(shown.entity)
  const [id] = shown.ids
  const one = shown.ids.length === 1 && id !== undefined
  frame.kind = one ? 'lookup' : 'list'
  frame.constraints = [{ slot: 'record', filter: one ? { field: 'id', op: 'eq', value: id } : { field: 'id', op: 'in', value: shown.ids } }]
  frame.fields = asked
  return frame
}

/** "How much did they spend this year?" after the biggest customers: of each of those, and not of all. */
export function figureOfRanked({ state, frame, unexplained }: Interpretation, { frame: before, shown }: PlannerTurn): Frame | undefined {
  const [group, ...others] = before.groupBy
  const [measure] = frame.measures
  if (before.kind !== 'groups' || group === undefined || group.bucket !== undefined || others.length > 0 || before.derive !== undefined) return undefined
  if (shown.ids.length === 0 || shown.ids.length > mostRanked || shown.entity === before.entity || !state.anaphor || unexplained.length > 0) return undefined
  if (frame.kind !== 'figure' || frame.entity !== before.entity || measure === undefined || state.phrases.some(({ at }) => at >= 0)) return undefined
  // "What are they worth?" after deals by owner is of the deals, and those of nobody count.
  if (state.periods === 0 && !isRanked(before)) return undefined
  const { limit: _, having: __, ...kept } = structuredClone(before)
  const said = new Set(frame.constraints.map(({ slot }) => slot))
  const constraints = kept.constraints.filter(({ slot }) => slot !== 'ranked' && !slot.startsWith('time:') && !said.has(slot))
  const those = { slot: group.field, filter: { field: group.field, op: 'in' as const, value: [...shown.ids] } }
  return {
    ...kept,
    constraints: [...constraints, ...frame.constraints, those],
    measures: frame.measures,
    sort: [{ by: keyOf(measure), direction: 'desc' }],
    assumptions: [],
  }
}

const trade = new Set(['orders', 'order_lines'])

/** "How many of them are in Canada?" after the best customers: the answer before as a list of those, for what was counted of them is not meant. */
export function listOfRanked(answer: PlannerTurn): PlannerTurn | undefined {
  const { frame: before, shown, ...turn } = answer
  // "Who has the most open tasks? Which of them are overdue?": of that person's tasks.
  const counted = before.kind === 'groups' && before.limit === 1 && before.measures.every(({ fn }) => fn === 'count')
  const own = counted ? recordsOfRanked(answer) : undefined
  if (own !== undefined) return { ...turn, frame: own, shown: { entity: own.entity, ids: [] } }
  const many = shown.ids.length > 1 && shown.ids.length <= mostRanked && shown.entity !== before.entity
  if (before.kind !== 'groups' || !many || !(isRanked(before) || trade.has(before.entity))) return undefined
  const frame = emptyFrame(shown.entity)
  frame.constraints = [{ slot: 'record', filter: { field: 'id', op: 'in', value: [...shown.ids] } }]
  return { ...turn, frame, shown, matched: shown.ids.length }
}
