import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { entities } from '#contracts/entities.ts'
import { ofDecided } from '../follow-up-conditions.ts'
import type { Constraint, Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { keyOf } from '../sorting.ts'
import { timeOfFrame } from '../time-of-frame.ts'
import { hear } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({ ours: new Set(dialogue.ours.split('|')) }))
/** A question that stands alone has more words. */
const fewWords = 3

const said = ({ constraints }: Frame): Constraint[] => constraints.filter(({ slot }) => slot !== 'ranked')

/** Whether a message speaks of everything there is: "our win rate". */
export function speaksOfAll(message: string, { state }: Interpretation): boolean {
  const { ours } = compiled(state.world.language)
  return hear(message, state.world.language).words.some(({ norm }) => ours.has(norm))
}

/** "Total value per stage", "weighted?" after records that were narrowed: another figure of the same ones. */
export function figureOfSame(message: string, own: Interpretation, { frame: before }: PlannerTurn): Frame | undefined {
  const { state, frame, unexplained } = own
  if (unexplained.length > 0 || frame.entity !== before.entity || state.phrases.some(({ at }) => at >= 0)) return undefined
  if (state.measures.length === 0 && state.aggregate === undefined) return undefined
  const isForecast = frame.derive === 'forecast'
  const figure = (frame.kind === 'figure' || frame.kind === 'groups') && (frame.derive === undefined || isForecast)
  if (!figure || before.limit !== undefined || !['list', 'figure', 'groups', 'pipeline'].includes(before.kind) || before.derive !== undefined) return undefined
  const kept = said(before)
  if (kept.length === 0 || state.periods > 0 || state.records.length > 0 || speaksOfAll(message, own)) return undefined
  const added = said(frame).filter(({ slot }) => !kept.some((one) => one.slot === slot))
  if (said(frame).length > 0 && !isForecast) return undefined
  const time = timeOfFrame(before)
  const usual = entities[frame.entity].defaultTime
  const retimed = (field: string) => (time !== undefined && field === usual && state.time === undefined && state.verb === undefined ? time : field)
  const groupBy = frame.groupBy.map((group) => (group.bucket === undefined ? group : { ...group, field: retimed(group.field) }))
  const sort = frame.sort.map((one) => ({ ...one, by: retimed(one.by) }))
  // "And what are they worth" after deals by owner: of each owner's.
  if (before.kind === 'groups' && frame.kind === 'figure' && !isForecast) return figureOfEach(frame, before)
  return {
    ...frame,
    groupBy,
    sort,
    constraints: [...structuredClone(ofDecided({ ...frame, constraints: kept })), ...added, ...frame.constraints.filter(({ slot }) => slot === 'ranked')],
  }
}

function figureOfEach({ measures }: Frame, before: Frame): Frame {
  const [group] = before.groupBy
  const [measure] = measures
  const sort = group?.bucket !== undefined || measure === undefined ? before.sort : [{ by: keyOf(measure), direction: 'desc' as const }]
  return { ...structuredClone(before), measures: [...measures], sort, assumptions: [] }
}

/** "Top product then?", "e-mail?": two or three words that name nothing of their own are no question about everything. */
export function losesAll(message: string, { state, frame }: Interpretation, { frame: before }: PlannerTurn): boolean {
  const words = hear(message, state.world.language).words.length
  if (words > fewWords || said(frame).length > 0 || said(before).length === 0 || state.count || state.phrases.some(({ customer }) => customer)) return false
  const nouns = state.items.flatMap(({ reading }) => (reading.kind === 'entity' ? [reading] : []))
  return nouns.every(({ plural }) => !plural) && (state.superlative !== undefined || frame.kind === 'list')
}
