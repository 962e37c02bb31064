import type { Language } from '#backend/modules/planner/language/languages.ts'
import type { Lexeme } from '#backend/modules/planner/language/reading.ts'
import { says } from '#backend/modules/planner/language/says.ts'
import type { PlannerTurn } from '#backend/modules/planner/planner.types.ts'
import { perLanguage } from '#backend/modules/planner/vocabulary/vocabularies.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Frame } from '../frame.ts'
import type { Interpretation } from '../interpret.ts'
import { attachRecords, attachUser } from '../phrase.ts'
import { alongRoute, routeBetween } from '../routes.ts'
import { pointsToSeveral } from './clearer.ts'
import { beginning, phrasesOf, wordsOf } from './phrases.ts'

const compiled = perLanguage(({ dialogue }) => ({
  partitive: phrasesOf(dialogue.partitive),
  persons: new Set(dialogue.persons.split('|')),
  there: new Set(dialogue.statement.there.split('|')),
}))
/** More records than this are meant by what was said of them, not one by one. */
const mostIds = 50

/** "Who works there?", "their open deals": another subject, of the records shown before. */
export function pointedBack(own: Interpretation, turn: PlannerTurn): Frame | undefined {
  const { shown, matched } = turn
  const { state, frame } = own
  const bare = isBareQuestion(own)
  if ((!pointsOutside(own) && !bare) || frame.entity === shown.entity || own.unexplained.length > 0) return undefined
  const buyers = state.verb === 'buy' && state.asks.includes('who') && shown.entity === 'products'
  if (!own.selfSufficient && state.verb !== 'work' && !buyers) return undefined
  const place = placeOf(own, turn.frame)
  const constraint =
    place !== undefined
      ? place
      : shown.ids.length > 0 && shown.ids.length <= mostIds && (shown.ids.length === matched || turn.frame.limit !== undefined)
        ? byIds(frame, turn)
        : byConditions(frame, turn)
  if (constraint === undefined) return undefined
  return { ...inPieces(own, shown.entity), constraints: [...frame.constraints, ...heldBefore(own, turn.frame), constraint] }
}

/** "Which customers?": those of what was just shown, for of all there are nobody asks so. */
function isBareQuestion({ state: { items, world } }: Interpretation): boolean {
  const [ask, noun, behind] = items
  const isNoun = behind?.reading.kind === 'entity' && behind.reading.plural
  // "Who are the customers?"
  if (items.length === 3 && isNoun && says(ask?.lexeme.text ?? '', 'whoIs', world.language)) return says(noun?.lexeme.text ?? '', 'linking', world.language)
  return items.length === 2 && ask?.reading.kind === 'ask' && ask.reading.word === 'which' && noun?.reading.kind === 'entity' && noun.reading.plural
}

/** "Who bought it most?" of a product counts pieces, as it does when the product is named. */
function inPieces({ frame, state }: Interpretation, shown: EntityName): Frame {
  const [measure] = frame.measures
  const most = shown === 'products' && state.verb === 'buy' && state.superlative?.by === 'count'
  if (!most || frame.entity !== 'order_lines' || measure?.fn !== 'sum' || measure.field !== 'amount') return frame
  return { ...frame, measures: [{ fn: 'sum', field: 'quantity' }], sort: frame.sort.map((one) => ({ ...one, by: 'sum_quantity' })) }
}

/** "Which have open deals?" and then "those deals": of them the open ones. */
function heldBefore({ state, frame }: Interpretation, before: Frame): Frame['constraints'] {
  const noun = state.items.findIndex(({ reading }) => reading.kind === 'entity' && reading.entity === frame.entity)
  const points = state.items[noun - 1]?.reading
  if (points?.kind !== 'anaphor' || !says(points.word, 'those', state.world.language)) return []
  return before.constraints.flatMap(({ filter }) =>
    'relation' in filter &&
    filter.count === undefined &&
    filter.where !== undefined &&
    entities[before.entity].relations[filter.relation]?.entity === frame.entity
      ? [{ slot: 'held', filter: filter.where }]
      : [],
  )
}

/** Whether a message points to a person: "his", "she". */
export function isPersonal({ state }: Interpretation): boolean {
  const { persons } = compiled(state.world.language)
  return state.items.some(({ reading }) => reading.kind === 'anaphor' && persons.has(reading.word))
}

/** "What else does he own?" after the owner of a record was told. */
export function pointedAtPerson(own: Interpretation, { shown }: PlannerTurn): Frame | undefined {
  const { person } = shown
  if (person === undefined || !isPersonal(own) || own.unexplained.length > 0 || !own.selfSufficient || !pointsOutside(own)) return undefined
  const attachment = attachUser({ entity: own.frame.entity, constraints: [], at: -1 }, [person], false)
  return attachment === undefined ? undefined : { ...own.frame, constraints: [...own.frame.constraints, attachment.constraint] }
}

/** "What did Sofia write in her last note": the pronoun stands for somebody in the same message. */
export function pointsOutside({ state: { items, world } }: Interpretation): boolean {
  return items.some(({ reading, index }) => {
    if (reading.kind !== 'anaphor') return false
    return (
      pointsToSeveral(reading.word, world.language) || !items.slice(0, index).some((item) => item.reading.kind === 'user' || item.reading.kind === 'record')
    )
  })
}

function byIds(frame: Frame, { shown }: PlannerTurn): Frame['constraints'][number] | undefined {
  // "Her tasks" are those she has to do.
  if (shown.entity === 'users' && entities[frame.entity].fields.owner !== undefined)
    return attachUser(
      { entity: frame.entity, constraints: [], at: -1 },
      shown.ids.map((id) => ({ id, name: shown.label ?? '' })),
      false,
    )?.constraint
  return attachRecords(
    { entity: frame.entity, constraints: [], at: -1 },
    shown.ids.map((id) => ({ entity: shown.entity, id, label: shown.label ?? '' })),
    false,
  )?.constraint
}

/** "There", after what is in a place: the place, whoever was shown in it. */
function placeOf({ state, frame }: Interpretation, before: Frame): Frame['constraints'][number] | undefined {
  const { there } = compiled(state.world.language)
  const points = state.items.some(({ reading }) => reading.kind === 'anaphor' && there.has(reading.word))
  const place = before.constraints.filter(({ slot }) => slot === 'place')
  const route = routeBetween(frame.entity, before.entity)
  if (!points || place.length !== 1 || place[0] === undefined || route === undefined || route.length === 0) return undefined
  return { slot: 'place', filter: alongRoute(route, place[0].filter) }
}

/** Of a list too long to show: whatever belongs to records of which the same holds. */
function byConditions(frame: Frame, { frame: before }: PlannerTurn): Frame['constraints'][number] | undefined {
  if ((before.kind !== 'list' && before.kind !== 'figure') || before.limit !== undefined || before.constraints.length === 0) return undefined
  const route = routeBetween(frame.entity, before.entity)
  if (route === undefined || route.length === 0) return undefined
  const filters = before.constraints.map(({ filter }) => filter)
  const where: Filter = filters.length === 1 ? (filters[0] as Filter) : { and: filters }
  return { slot: `with:${before.entity}`, filter: alongRoute(route, where) }
}

/** "Which of them have no e-mail" is about what was shown, whatever else its words could be. */
export function isPartOfShown(question: string, language: Language): boolean {
  const words = wordsOf(question)
  return words.some((_, at) => beginning(words, compiled(language).partitive, at) > 0)
}

/** Words that name a field of the records shown as well as other records ("e-mail") name the field. */
export function asFieldsOf(entity: EntityName, lexemes: readonly Lexeme[]): Lexeme[] {
  return lexemes.map((lexeme) => {
    const fields = lexeme.readings.filter(({ reading }) => reading.kind === 'field' && reading.options.some((option) => option.entity === entity))
    const names = lexeme.readings.some(({ reading }) => reading.kind === 'entity' && reading.entity !== entity)
    return fields.length > 0 && names ? { ...lexeme, readings: fields } : lexeme
  })
}

/** "How many have an e-mail?", "what is her e-mail?": not letters, but an address that those shown before have. */
export function holdsEmail({ state: { items, phrases } }: Interpretation, shown: EntityName): boolean {
  const told = items.filter(({ reading }) => reading.kind !== 'filler')
  const at = told.findIndex(({ reading }) => reading.kind === 'entity' && reading.entity === 'emails' && !reading.plural)
  const before = told[at - 1]?.reading.kind
  return (
    phrases.length === 1 &&
    ((before === 'anaphor' && entities[shown].fields.email !== undefined) || before === 'have' || before === 'negation' || before === 'concept')
  )
}
