import { says } from '#backend/modules/planner/language/says.ts'
import type { EntityName } from '#contracts/entities.ts'
import { entities } from '#contracts/entities.ts'
import type { Frame } from './frame.ts'
import type { ParseState } from './parse-state.ts'
import { fieldOn, type Phrase } from './phrase.ts'
import { sortBySaid } from './sorting.ts'

/** What is there before and after any time. */
const lasting = new Set<EntityName>(['products', 'contacts', 'organisations'])

const whereFields = ['street', 'city', 'state', 'country']

/** A question about one record's own fields: "what is Sarah Connor's phone number", "who owns the biggest deal". */
export function lookup(state: ParseState, head: Phrase, frame: Frame): Frame | undefined {
  const named = head.constraints.some((constraint) => constraint.slot === 'record')
  const single =
    named ||
    (state.superlative !== undefined &&
      state.superlative.by !== 'count' &&
      state.limit === undefined &&
      (state.fields.length > 0 || state.asks.length > 0) &&
      !state.items.some((item) => item.index === head.at && item.reading.kind === 'entity' && item.reading.plural))
  if (!single) return undefined
  if (named && state.countedField !== undefined && state.groups.length === 0) {
    state.fields.push(state.countedField)
    state.aggregate = undefined
  }
  if (named && head.entity === 'products' && state.count && head.constraints.some((constraint) => constraint.slot === 'stock')) {
    head.constraints = head.constraints.filter((constraint) => constraint.slot !== 'stock')
    frame.constraints = frame.constraints.filter((constraint) => constraint.slot !== 'stock')
    state.count = false
    state.fields.push({ concept: 'stock', options: [{ entity: 'products', path: 'stock' }] })
  }
  if (named && head.entity === 'opportunities' && asksWhenItCloses(state)) {
    head.constraints = head.constraints.filter(({ slot }) => slot !== 'state')
    frame.constraints = frame.constraints.filter(({ slot }) => slot !== 'state')
  }
  if (named && head.entity === 'products' && (state.fields.length > 0 || state.verb === 'cost')) askStates(state, head, frame)
  if (state.count || state.measures.length > 0 || state.share || state.groups.length > 0 || state.aggregate !== undefined) return undefined
  // A record is looked up whole; more said of it is seldom about its own fields.
  if (named && frame.constraints.some((constraint) => constraint.slot.startsWith('time:'))) state.cost += 2.5
  // "Crane inspections this month" are no product that was created then.
  if (named && lasting.has(head.entity) && state.verb === undefined && frame.constraints.some(({ slot }) => slot === 'time:created_at'))
    state.unexplained.push(state.items.find(({ reading }) => reading.kind === 'period')?.lexeme.text ?? '?')
  const fields = askedFields(state, head.entity)
  if (fields === undefined) return undefined
  // "When did we win the last one" asks for the time of that.
  if (head.time !== undefined && state.asks.includes('when') && fields.length === 1 && fields[0] === entities[head.entity].defaultTime) fields[0] = head.time
  if (!named) {
    if (fields.length === 0) return undefined
    frame.fields = fields
    frame.kind = 'lookup'
    const by =
      state.rankBy?.kind === 'field' ? fieldOn(head, state.rankBy.options, state.world)?.path : sortBySaid(state, head, state.superlative?.by ?? 'measure')
    if (by === undefined) return undefined
    frame.sort = [{ by, direction: state.superlative?.direction ?? 'desc' }]
    if (state.superlative?.by === 'next') frame.constraints.push({ slot: 'state', filter: { field: by, op: 'gt', value: { now: true } } })
    frame.constraints.push({ slot: 'ranked', filter: { field: by, op: 'isNotEmpty' } })
    frame.limit = 1
    return frame
  }
  frame.kind = 'lookup'
  frame.fields = fields
  return frame
}

/** "When will Acme renewal close": it may be open or closed, which is what the answer tells. */
function asksWhenItCloses({ asks, verb, items }: ParseState): boolean {
  if (!asks.includes('when')) return false
  return verb === 'close' || items.some(({ reading }) => reading.kind === 'state' && reading.state === 'closing')
}

/** "What is its price, and is it still active": the second asks too, and is no condition of the first. */
function askStates(state: ParseState, head: Phrase, frame: Frame): void {
  if (state.verb === 'cost' && !state.fields.some(({ concept }) => concept === 'price'))
    state.fields.unshift({ concept: 'price', options: [{ entity: 'products', path: 'price' }] })
  const asked = head.constraints.filter(({ slot }) => slot === 'active' || slot === 'stock')
  head.constraints = head.constraints.filter((constraint) => !asked.includes(constraint))
  frame.constraints = frame.constraints.filter(({ slot }) => !asked.some((one) => one.slot === slot))
  for (const { slot } of asked) state.fields.push({ concept: slot, options: [{ entity: 'products', path: slot }] })
}

/** Fields named, or implied by the question word; undefined when one named does not exist here. */
export function askedFields(state: ParseState, entity: EntityName): string[] | undefined {
  const own = entities[entity].fields
  const fields: string[] = []
  const add = (...names: string[]) => {
    for (const name of names) if ((own[name] !== undefined || name.includes('.')) && !fields.includes(name)) fields.push(name)
  }
  for (const field of state.fields) {
    const found = fieldOn({ entity }, field.options, state.world)
    if (field.concept === 'place') {
      add('city', 'state', 'country')
      continue
    }
    if (field.concept === 'street') {
      add(...whereFields)
      continue
    }
    if (found === undefined) {
      state.unexplained.push(field.concept)
      continue
    }
    if (!fields.includes(found.path)) fields.push(found.path)
    if (found.path === 'phone' && field.concept === 'phone') add('mobile')
  }
  if (fields.length > 0) return fields
  const { verb } = state
  if (state.asks.includes('where') || verb === 'live') add('city', 'state', 'country')
  if (verb === 'own') add('owner')
  // "How old is Rose": her age, and not since when she is known.
  const age = state.items.some(({ reading, lexeme }) => reading.kind === 'ask' && says(lexeme.text, 'aged', state.world.language))
  if (state.asks.includes('howLong')) add('date_of_birth', ...(age && own.date_of_birth !== undefined ? [] : ['created_at']))
  if (verb === 'work') add('organisation')
  if (state.asks.includes('when')) {
    const times: Record<string, string[]> = {
      create: ['created_at'],
      update: ['updated_at'],
      close: ['forecast_close_date', 'actual_close_date'],
      win: ['actual_close_date'],
      contact: ['last_contacted_at'],
      due: ['due_at'],
      start: ['starts_at'],
      complete: ['completed_at'],
      buy: ['ordered_at'],
      send: ['sent_at'],
      born: ['date_of_birth'],
      convert: ['converted_at'],
    }
    add(...(times[verb ?? ''] ?? [entities[entity].defaultTime]))
    if (state.items.some((item) => item.reading.kind === 'state' && item.reading.state === 'closing')) {
      fields.length = 0
      add('forecast_close_date')
    }
  }
  if (state.asks.includes('howMuch')) add(entities[entity].defaultMeasure ?? 'name')
  return fields
}
