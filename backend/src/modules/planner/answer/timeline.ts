import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import type { PhraseBook } from '#backend/modules/planner/phrases/phrase-book.ts'
import { phraseBook } from '#backend/modules/planner/phrases/phrases.ts'
import type { Frame } from '#backend/modules/planner/plan/frame.ts'
import { idsOf, idTests } from '#backend/modules/planner/plan/similar/related-records.ts'
import type { PlannerContext, PlannerOutcome } from '#backend/modules/planner/planner.types.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { Column, Filter, Row } from '#contracts/query.ts'
import { retold } from './retold.ts'

const mostItems = 20

interface Source {
  entity: EntityName
  /** When it happened. */
  time: string
  filter: Filter
}

function columnsIn({ records }: PhraseBook): Column[] {
  const { at, what, name, who } = records.timelineColumns
  return [
    { key: 'at', label: at, type: 'datetime' },
    { key: 'what', label: what, type: 'text' },
    { key: 'name', label: name, type: 'text' },
    { key: 'who', label: who, type: 'text' },
  ]
}

/** Adds what happened to the record asked about up to now, newest first: notes, tasks, events, e-mails, and for companies and people their deals and orders. */
export async function withTimeline(tx: Transaction, frame: Frame, outcome: PlannerOutcome, context: PlannerContext): Promise<PlannerOutcome> {
  const subject = outcome.memory?.shown
  const [id] = subject?.ids ?? []
  if (id === undefined) return outcome
  const items: (Row & { at: string })[] = []
  for (const source of await sourcesOf(tx, frame.entity, id, context)) items.push(...(await itemsOf(tx, source, frame, context)))
  items.sort((a, b) => b.at.localeCompare(a.at))
  const shown = items.slice(0, mostItems)
  const phrases = phraseBook(context.language)
  const { records } = phrases
  const label = subject?.label ?? records.unnamed
  const format = phrases.format(context.timeZone)
  const [latest] = shown
  const inTime = frame.timeline?.range !== undefined
  const text =
    latest === undefined
      ? records.emptyTimeline(label, inTime)
      : records.timeline({
          label,
          inTime,
          total: items.length,
          latest: items.length > mostItems ? mostItems : undefined,
          last: { what: String(latest.what), name: String(latest.name), date: format.date(latest.at) },
        })
  const table = { type: 'data-table' as const, data: { title: records.timelineTitle(label), columns: columnsIn(phrases), rows: shown, total: items.length } }
  const parts = outcome.parts.filter((part) => part.type !== 'data-table')
  return retold(
    { ...outcome, parts, coverage: { matched: items.length, shown: shown.length, asOf: outcome.coverage?.asOf ?? context.now.toISOString() } },
    text,
    table,
  )
}

async function sourcesOf(tx: Transaction, entity: EntityName, id: string, context: PlannerContext): Promise<Source[]> {
  const own: Filter = { field: 'owner', op: 'eq', value: id }
  if (entity === 'users')
    return [
      { entity: 'notes', time: 'created_at', filter: { field: 'author', op: 'eq', value: id } },
      { entity: 'tasks', time: 'completed_at', filter: own },
      { entity: 'events', time: 'starts_at', filter: own },
      { entity: 'opportunities', time: 'actual_close_date', filter: own },
      { entity: 'opportunities', time: 'created_at', filter: own },
    ]
  // What is linked to a company's people is about the company too.
  const people = entity === 'organisations' ? await idsOf(tx, 'contacts', { field: 'organisation', op: 'eq', value: id }, context) : []
  const about = idTests('related_id', [id, ...people])
  const sources: Source[] = [
    { entity: 'notes', time: 'created_at', filter: about },
    { entity: 'tasks', time: 'created_at', filter: about },
    { entity: 'events', time: 'starts_at', filter: about },
    { entity: 'emails', time: 'sent_at', filter: about },
  ]
  if (entity !== 'contacts' && entity !== 'organisations') return sources
  const theirs: Filter = { field: entity === 'contacts' ? 'contact' : 'organisation', op: 'eq', value: id }
  return [...sources, { entity: 'opportunities', time: 'created_at', filter: theirs }, { entity: 'orders', time: 'ordered_at', filter: theirs }]
}

async function itemsOf(
  tx: Transaction,
  { entity, time, filter }: Source,
  { timeline }: Frame,
  { now, timeZone, language }: PlannerContext,
): Promise<(Row & { at: string })[]> {
  const { labelField, fields } = entities[entity]
  const past: Filter = { field: time, op: 'lte', value: { now: true } }
  const within: Filter[] = timeline?.range === undefined ? [past] : [past, { field: time, op: 'during', value: timeline.range }]
  const who = fields.owner !== undefined ? 'owner' : fields.author !== undefined ? 'author' : fields.from !== undefined ? 'from' : undefined
  const select = [labelField, time, ...(who === undefined ? [] : [who]), ...(entity === 'notes' ? ['body'] : [])]
  const query = { entity, filter: { and: [filter, ...within] }, select, sort: [{ by: time, direction: 'desc' as const }], limit: 100 }
  const { rows } = await runQuery(tx, query, { now, timeZone })
  return rows.map((row) => ({
    id: row.id,
    at: String(row[time]),
    what: phraseBook(language).nouns.entity(entity, 1),
    name: row[labelField] ?? String(row.body ?? '').slice(0, 80),
    who: who === undefined ? null : (row[who] ?? null),
  }))
}
