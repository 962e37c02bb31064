import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { newId } from '#backend/kernel/ids.ts'
import {
  createStatisticsRefresher,
  ensureCustomField,
  insertOrders,
  insertRecords,
  type PendingRecord,
  parseRecord,
  resolveReferences,
} from '#backend/modules/crm/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { customFields } from './demo/custom-fields.ts'
import { generateDemo, type SeedBatch } from './demo/demo.ts'
import { pipelines, team } from './demo/team.ts'

export const scenarios = ['demo'] as const
export type ScenarioName = (typeof scenarios)[number]

export interface SeedProgress {
  /** Records, and order lines as rows of their order, written so far. */
  counts: Readonly<Partial<Record<EntityName, number>>>
  rows: number
}

export interface ScenarioOptions {
  scenario: ScenarioName
  /** Number of contacts. */
  scale: number
  /** The moment at which the history ends. */
  now: Date
  seed?: number
  onProgress?: (progress: SeedProgress) => void
}

/** Up to this many contacts load in one transaction, so that an interrupted first start leaves nothing behind. */
const wholeScale = 10_000
const largeStatementTimeoutMs = 120_000

/**
 * Loads a scenario through the same checks as any import.
 * @throws AppError CONFLICT when this scenario's records are in the workspace already
 */
export async function loadScenario(database: Database, actor: Actor, options: ScenarioOptions): Promise<SeedProgress> {
  const { scale, now, seed, onProgress } = options
  const counts: Partial<Record<EntityName, number>> = {}
  let rows = 0
  const load = async (tx: Transaction, batch: SeedBatch) => {
    await loadBatch(tx, batch, now)
    counts[batch.entity] = (counts[batch.entity] ?? 0) + batch.rows.length
    rows += batch.rows.length
    onProgress?.({ counts, rows })
  }
  const batches = generateDemo({ scale, now, ...(seed === undefined ? {} : { seed }) })
  const inTransaction = (work: (tx: Transaction) => Promise<void>) => database.transaction(actor, work, { statementTimeoutMs: largeStatementTimeoutMs })
  if (scale <= wholeScale) {
    await inTransaction(async (tx) => {
      await prepare(tx, now)
      for (const batch of batches) await load(tx, batch)
    })
    await inTransaction((tx) => completeStatistics(tx, Object.keys(counts) as EntityName[]))
  } else {
    await inTransaction((tx) => prepare(tx, now))
    const statistics = new Map<EntityName, ReturnType<typeof createStatisticsRefresher>>()
    for (const batch of batches) {
      await inTransaction((tx) => load(tx, batch))
      const refresher = statistics.get(batch.entity) ?? createStatisticsRefresher(batch.entity)
      statistics.set(batch.entity, refresher)
      if (refresher.isDue(counts[batch.entity] ?? 0)) await inTransaction(refresher.refresh)
    }
    await inTransaction((tx) => completeStatistics(tx, [...statistics.keys()]))
  }
  return { counts, rows }
}

/** Tells the database's planner about the loaded tables, so that questions are planned well from the first one on. */
async function completeStatistics(tx: Transaction, loaded: readonly EntityName[]): Promise<void> {
  const tables = [...loaded.map((entity) => entities[entity].table), 'order_lines', 'search_documents']
  await tx.query(sql`select refresh_growth(${sql.param(tables)}::text[])`)
  await tx.query(sql`select finish_bulk_load()`)
}

/** Whether anything a person could miss is in the workspace. */
export async function hasRecords(tx: Transaction): Promise<boolean> {
  const tables = ['organisations', 'contacts', 'leads', 'opportunities', 'products', 'orders', 'tasks', 'events', 'notes', 'emails']
  const checks = tables.map((table) => sql`exists (select 1 from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId})`)
  const [row] = await tx.query<{ found: boolean }>(sql`select ${sql.join(checks, sql` or `)} as found`)
  return row?.found === true
}

/** People, pipelines and custom fields of the scenario, where the workspace has none of that name. */
async function prepare(tx: Transaction, now: Date): Promise<void> {
  const [loaded] = await tx.query(
    sql`select 1 from products where workspace_id = ${tx.workspaceId} and external_id like 'PRD-%' and deleted_at is null limit 1`,
  )
  if (loaded !== undefined) throw new AppError('CONFLICT', 'The demo records are in this workspace already.')
  for (const [index, { name, email, role }] of team.entries()) {
    // Joined one by one, which also gives lists of people a stable order.
    const joined = new Date(now.getTime() - (700 - index * 20) * 86_400_000).toISOString()
    await tx.query(sql`
      insert into users (workspace_id, id, name, email, role, active, created_at)
      values (${tx.workspaceId}, ${newId()}, ${name}, ${email}, ${role}, true, ${joined}) on conflict do nothing`)
  }
  const existing = await tx.query<{ key: string }>(sql`select lower(name) as key from pipelines where workspace_id = ${tx.workspaceId} and deleted_at is null`)
  for (const { name, stages } of pipelines) {
    if (existing.some(({ key }) => key === name.toLowerCase())) continue
    const [pipelineId] = await insertRecords(tx, 'pipelines', [{ name }], { now })
    await insertRecords(
      tx,
      'stages',
      stages.map((stage, position) => ({ name: stage.name, probability: stage.probability, pipeline_id: pipelineId, position })),
      { now },
    )
  }
  for (const field of customFields) await ensureCustomField(tx, field)
}

async function loadBatch(tx: Transaction, { entity, rows }: SeedBatch, now: Date): Promise<void> {
  if (entity === 'orders') return loadOrders(tx, rows, now)
  const records = parse(entity, rows)
  await resolveReferences(tx, entity, records, { createMissing: false, now })
  refuseProblems(entity, records)
  await insertRecords(
    tx,
    entity,
    records.map(({ values }) => values),
    { now },
  )
}

async function loadOrders(tx: Transaction, rows: Record<string, unknown>[], now: Date): Promise<void> {
  const lines = new Map<unknown, Record<string, unknown>[]>()
  for (const row of rows) {
    const sameOrder = lines.get(row.order_id)
    if (sameOrder === undefined) lines.set(row.order_id, [row])
    else sameOrder.push(row)
  }
  const heads = [...lines.values()].map(([first]) => {
    const { order_id, customer, ordered_at, currency } = first as Record<string, unknown>
    return { order_id, customer, ordered_at, currency }
  })
  const records = parse('orders', heads)
  await resolveReferences(tx, 'orders', records, { createMissing: false, now })
  refuseProblems('orders', records)
  const orders = records.map(({ values }, index) => {
    const ordered = lines.get(heads[index]?.order_id) ?? []
    return {
      order: values,
      lines: ordered.map(({ sku, description, quantity, unit_price }) => ({
        sku: String(sku),
        description: String(description),
        quantity: String(quantity),
        unit_price: String(unit_price),
      })),
    }
  })
  await insertOrders(tx, orders, { now })
}

function parse(entity: EntityName, rows: readonly Record<string, unknown>[]): PendingRecord[] {
  return rows.map((row) => parseRecord(entity, row, { customFields, timeZone: 'UTC' }))
}

/** A scenario is our own text: a row that is refused is a mistake in it, not somebody's data. */
function refuseProblems(entity: EntityName, records: readonly PendingRecord[]): void {
  const refused = records.find(({ errors }) => errors.length > 0)
  if (refused === undefined) return
  throw new Error(
    `The scenario holds ${entity} that are refused: ${refused.errors.map(({ field, message }) => `${field}: ${message}`).join(' ')} (${JSON.stringify(refused.values)})`,
  )
}
