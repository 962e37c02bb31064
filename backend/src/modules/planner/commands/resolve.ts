import type { Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { refuseNotShown, runQuery } from '#backend/modules/crm/index.ts'
import { labelOf } from '#backend/modules/planner/answer/body.ts'
import { emptyFrame } from '#backend/modules/planner/plan/frame.ts'
import type { Citation, MessagePart } from '#contracts/chat.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, QueryResult, Row, TypedQueryInput } from '#contracts/query.ts'
import { doubtOfSize } from './biggest.ts'
import { duringTime, mine } from './constraints.ts'
import type { Lexis } from './lexis.ts'
import { unquoted } from './message.ts'
import { isNamedRank, rankField } from './ranks.ts'
import { nameFilters, type Selection } from './selection.ts'
import { ask, cannot, type Step } from './step.ts'

/** Writes of one message. */
export const mostWrites = 200

/** The records that were meant. */
export interface Found {
  kind: 'found'
  entity: EntityName
  rows: readonly Row[]
  query: TypedQueryInput
  result: QueryResult
  /** Of those chosen by their place, which ones share it with others. */
  tied?: readonly Row[]
}

export interface ResolveOptions {
  /** Meetings without a time are those to come. */
  future?: boolean
  /** Of the kinds that fit, these alone. */
  only?: readonly EntityName[]
  /** Meetings are one's own first. */
  own?: boolean
}

const people = new Set<EntityName>(['contacts', 'leads', 'organisations'])

/** Looks up the records of a selection: all of them, or the one that is meant. */
export async function resolve(tx: Transaction, selection: Selection, lexis: Lexis, options: ResolveOptions = {}): Promise<Found | Step> {
  const said = unquoted(selection.said, lexis.quotes)
  if (selection.vague === true)
    return ask(
      `Which ${said.replace(/^(?:a few|some|several|a couple)(?: of)? /i, '')} do you mean? Say “all” of them, or name them; nothing would change until you do.`,
    )
  const tried: Found[] = []
  for (const entity of selection.entities) {
    if (options.only !== undefined && !options.only.includes(entity)) continue
    const filters = filtersOf(selection, entity, lexis, options)
    if (filters === undefined) continue
    const owned = options.own === true && entity === 'events' && !selection.mine ? mine(entity, lexis) : undefined
    const own = owned === undefined || !('or' in owned) ? undefined : await findOf(tx, selection, entity, [...filters, owned], lexis)
    const found = own !== undefined && own.rows.length > 0 ? own : await findOf(tx, selection, entity, filters, lexis)
    if (found !== undefined) tried.push(found)
  }
  const [first] = tried
  if (first === undefined) return cannot(`I could not tell which records “${said}” are, so nothing would change. Name them as they are called here.`)
  const holding = tried.filter(({ rows }) => rows.length > 0)
  const best = holding[0] ?? first
  // Nothing says since when people are customers: what was imported was all made at once.
  if (selection.order !== undefined && !isNamedRank(selection.order.by) && best.rows.length > 0 && people.has(best.entity))
    return ask(`By what is “${said}” the ${selection.order.first ? 'first' : 'last'}? Name the record; nothing would change until you do.`)
  const doubt = selection.order?.by === 'size' && best.rows.length > 0 ? await doubtOfSize(tx, best, lexis) : undefined
  if (doubt?.currencies !== undefined)
    return ask(
      `Nobody can say which is “${said}”: there are some in ${doubt.currencies.join(', ')}, and amounts of different currencies have no order. Name the deal, or say its currency, as in “${doubt.currencies[0]} deal”; nothing would change until you do.`,
    )
  if (doubt?.rows !== undefined) return whichOne(selection, [{ ...best, rows: doubt.rows }], lexis)
  if (best.tied !== undefined) return whichOne(selection, [{ ...best, rows: best.tied }], lexis)
  if (selection.exactly !== undefined && best.result.total > 0 && best.result.total !== selection.exactly)
    return ask(`There are ${best.result.total} of “${said}”, and not ${selection.exactly}. Which do you mean? Nothing would change until you say.`)
  if (!selection.many && selection.order === undefined) {
    const total = holding.reduce((sum, { result }) => sum + result.total, 0)
    if (total > 1) return whichOne(selection, holding, lexis)
  }
  if (best.result.total > mostWrites && selection.order === undefined)
    return cannot(`${best.result.total} records match, and at most ${mostWrites} are changed at a time. Narrow it down, for example by owner or by time.`)
  return best
}

function filtersOf(selection: Selection, entity: EntityName, lexis: Lexis, { future = false }: ResolveOptions): Filter[] | undefined {
  const filters: Filter[] = []
  for (const constraint of selection.constraints) {
    const filter = constraint(entity, lexis)
    if (filter === undefined) return undefined
    if (!('field' in filter && filter.field === 'id' && filter.op === 'isNotEmpty')) filters.push(filter)
  }
  const rank = selection.order !== undefined && isNamedRank(selection.order.by) ? rankField(selection.order.by, entity, lexis) : undefined
  if (selection.order !== undefined && isNamedRank(selection.order.by)) {
    if (rank === undefined) return undefined
    filters.push({ field: rank, op: 'isNotEmpty' })
  }
  // What is cancelled or moved on days that have begun lies ahead.
  const begun = future && entity === 'events' && filters.some((filter) => reachesAcross(filter, lexis.context.now))
  const comes = begun || selection.order?.by === 'coming' || (future && entity === 'events' && (!selection.timed || selection.order?.first === true))
  const timed = filters.some((filter) => 'field' in filter && filter.field === 'starts_at')
  const upcoming = comes && entity === 'events' ? duringTime({ from: lexis.now }, '')(entity, lexis) : undefined
  if (upcoming !== undefined && (!timed || begun || selection.order?.by === 'coming')) filters.push(upcoming)
  return filters
}

/** A span of beginnings with the present within it. */
function reachesAcross(filter: Filter, now: Date): boolean {
  if ('or' in filter) return filter.or.some((one) => reachesAcross(one, now))
  if (!('field' in filter) || filter.field !== 'starts_at' || filter.op !== 'during') return false
  const { from, to } = filter.value as { from?: string; to?: string }
  return (from === undefined || Date.parse(from) < now.getTime()) && (to === undefined || Date.parse(to) > now.getTime())
}

async function findOf(tx: Transaction, selection: Selection, entity: EntityName, filters: readonly Filter[], lexis: Lexis): Promise<Found | undefined> {
  const { name, order } = selection
  // What is chosen by a hidden field is not nothing.
  const missing = filters.length === 0 ? undefined : (await tx.hidden()).findHidden({ entity, filter: { and: [...filters] } })
  if (missing !== undefined) throw refuseNotShown(entity, [missing])
  const ways = name === undefined ? [[...filters]] : Object.values(nameFilters(entity, name)).map((filter) => [...filters, filter])
  let last: Found | undefined
  for (const way of ways) {
    const place = rankField(order?.by ?? 'time', entity, lexis) ?? entities[entity].defaultTime
    const to = order?.nth ?? order?.count ?? mostWrites
    const isByLength = order?.by === 'length'
    const select = columnsOf(entity, lexis)
    // One more, to see that no other has the same place.
    const query: TypedQueryInput = {
      entity,
      limit: (isByLength ? mostWrites : to) + 1,
      select: order === undefined ? select : [...new Set([place, ...(isByLength ? ['ends_at'] : []), ...select])],
    }
    if (way.length > 0) query.filter = way.length === 1 ? (way[0] as Filter) : { and: way }
    if (order !== undefined) query.sort = [{ by: place, direction: order.first ? 'asc' : 'desc' }]
    try {
      const result = await runQuery(tx, query, { now: lexis.context.now, timeZone: lexis.context.timeZone })
      if (isByLength && result.total > mostWrites) return undefined
      const from = order?.nth === undefined ? 0 : to - 1
      last = {
        kind: 'found',
        entity,
        query,
        result,
        ...(order === undefined
          ? { rows: result.rows }
          : isByLength
            ? placed(sortedByLength(result.rows, order.first), from, to, (row) => String(lasting(row)))
            : placed(result.rows, from, to, (row) => String(row[place]))),
      }
    } catch (error) {
      // Words that make no query say nothing of these records.
      if (error instanceof AppError && error.code === 'VALIDATION') return undefined
      throw error
    }
    if (last.rows.length > 0) return last
  }
  return last
}

/** The rows from one place to another, and those beside them at the same place. */
function placed(rows: readonly Row[], from: number, to: number, by: (row: Row) => string): { rows: readonly Row[]; tied?: readonly Row[] } {
  const chosen = rows.slice(from, to)
  const at = (place: number) => {
    const row = rows[place]
    return row === undefined ? undefined : by(row)
  }
  const isTied = (place: number, beside: number) => at(place) !== undefined && at(place) === at(beside)
  if (!isTied(to - 1, to) && !(from > 0 && isTied(from, from - 1))) return { rows: chosen }
  const shared = at(isTied(to - 1, to) ? to : from)
  return { rows: chosen, tied: rows.filter((row) => by(row) === shared) }
}

/** How long a meeting lasts. */
const lasting = ({ starts_at, ends_at }: Row): number => Date.parse(String(ends_at)) - Date.parse(String(starts_at))

function sortedByLength(rows: readonly Row[], isShortest: boolean): Row[] {
  return rows.filter((row) => Number.isFinite(lasting(row))).sort((a, b) => (isShortest ? lasting(a) - lasting(b) : lasting(b) - lasting(a)))
}

/** What a change may be compared with: the columns people see, and the workspace's own fields. */
function columnsOf(entity: EntityName, { world }: Lexis): string[] {
  const own = world.customFields.filter((field) => field.entity === entity).map(({ key }) => `custom.${key}`)
  const { fields } = entities[entity]
  const more = ['state', 'stage', 'status', 'tags', 'owner', 'due_at', 'email', 'from', 'sent_at', 'body', 'pipeline', 'organisation'].filter(
    (name) => fields[name] !== undefined && name !== 'body',
  )
  return [...new Set([...entities[entity].defaultColumns, ...more, ...own])].slice(0, 40)
}

function whichOne(selection: Selection, found: readonly Found[], { message, quotes }: Lexis): Step {
  const options = found
    .flatMap(({ entity, rows }) => rows.map((row) => ({ entity, row })))
    .slice(0, 8)
    .map(({ entity, row }) => {
      const label = nameOf(entity, row)
      const detail = [entities[entity].label.toLowerCase(), row.email, row.organisation, row.stage, row.status, row.owner, row.starts_at, row.due_at]
        .filter((one) => typeof one === 'string' && one !== '')
        .slice(0, 4)
        .join(', ')
      // What tells records of one name apart is their address, else their id.
      const handle = typeof row.email === 'string' && row.email !== '' ? row.email : String(row.id)
      return { label: `${label} (${detail})`, message: message.includes(selection.said) ? message.replace(selection.said, handle) : `Show me ${label}` }
    })
  return ask(`Which of them do you mean by “${unquoted(selection.said, quotes)}”? Nothing would change until you say.`, options)
}

export function nameOf(entity: EntityName, row: Row): string {
  return labelOf(emptyFrame(entity), row)
}

/** "3 tasks", "1 contact". */
export function counted(entity: EntityName, count: number): string {
  const { singular, labelPlural } = entities[entity]
  const noun = entity === 'emails' ? (count === 1 ? 'e-mail' : 'e-mails') : count === 1 ? singular : labelPlural.toLowerCase()
  return `${count} ${noun}`
}

/** What is told of records beside the sentence. */
export function shownOf({ entity, result, query }: Found, rows: readonly Row[]): { parts: MessagePart[]; citations: Citation[]; plan: TypedQueryInput } {
  const { labelPlural, singular, labelField } = entities[entity]
  const title = counted(entity, rows.length)
  const columns = result.columns.filter(({ key, type }) => type !== 'id' && type !== 'longText' && (key === labelField || !key.endsWith('_id')))
  return {
    parts: [
      { type: 'data-table', data: { title, columns, rows: [...rows], total: rows.length } },
      {
        type: 'data-plan',
        data: { ...query, title: `${labelPlural}: ${result.explanation}`.slice(0, 300) } as Extract<MessagePart, { type: 'data-plan' }>['data'],
      },
    ],
    citations: rows.slice(0, 20).map((row) => ({ entity: singular, id: String(row.id), label: nameOf(entity, row), url: `/crm/${entity}/${String(row.id)}` })),
    plan: query,
  }
}
