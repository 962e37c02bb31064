import { setTimeout as sleep } from 'node:timers/promises'
import { createClock } from '#backend/kernel/clock.ts'
import { createLinksService, createRecordsService } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import { type FakeInsightly, type FakeInsightlyOptions, startFakeInsightly } from '../../../../test/fakes/insightly/server.ts'
import { createTestWorkspace } from '../../../../test/harness.ts'
import { createTestOperations } from '../../../../test/operations.ts'
import { openClient } from '../client/client.testing.ts'
import type { InsightlyClient, InsightlyClientOptions } from '../client/insightly-client.ts'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, objectOf } from '../mapping/index.ts'
import { applyRows } from '../mirror/apply-rows.ts'
import { loadLists } from '../mirror/lists.ts'
import { writeAsMirror } from '../mirror/mirror-actor.ts'
import { mirrorReferences } from '../mirror/reference-data.ts'
import { createOutboxDelivery, type OutboxDeliveryOptions } from './delivery.ts'

export interface SeenRow extends Record<string, unknown> {
  id: number
  entity: string
  operation: string
  status: string
  attempts: number
  error: string | null
}

export interface OutboxTestOptions {
  fake?: Partial<FakeInsightlyOptions>
  /** One that runs elsewhere. */
  other?: Pick<FakeInsightly, 'url' | 'origin' | 'calls' | 'close'>
  client?: Partial<InsightlyClientOptions>
  delivery?: Partial<OutboxDeliveryOptions>
}

const unlimited = { rateRequests: 1_000_000, rateWindowMs: 1000 }
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined } as never

/** A mirrored workspace of its own and an Insightly of its own, with users, stages, lists and custom fields known to both. */
export async function openOutbox(options: OutboxTestOptions = {}) {
  const workspace = await createTestWorkspace({ currency: 'USD' })
  const { database, workspaceId, actor, gold } = workspace
  const key = `outbox-${workspaceId}`
  const fake = options.other ?? (await startFakeInsightly({ key, records: 20, ...options.fake, settings: { ...unlimited, ...options.fake?.settings } }))
  const { client, close: closeClient } = openClient((text) => database.roundTrip(text), fake.url, {
    key,
    retries: 0,
    failuresUntilRest: 1000,
    ...options.client,
  })
  const clock = createClock()
  await gold(`insert into insightly_connections (workspace_id, url, key_source, connected_at) values ($1, $2, 'workspace', now())`, [workspaceId, fake.url])
  await mirrorReferences({ database, client, workspaceId, call: {}, now: clock.now(), notInPlan: new Set() })
  const { operations } = createTestOperations(database)
  const records = createRecordsService({ operations, clock })
  const links = createLinksService({ operations, clock })
  const create = (more: Partial<OutboxDeliveryOptions> = {}) =>
    createOutboxDelivery({ database, clock, logger: silent, settleMs: 0, retryDelayMs: 0, waitMs: 0, ...options.delivery, ...more })
  const delivery = create()
  let offsetMs = 0
  const closing: (() => Promise<void>)[] = []

  return {
    ...workspace,
    fake,
    client,
    operations,
    clock,
    links,
    createDelivery: create,
    deliver: (given = delivery, by: InsightlyClient = client) => given.deliverDue(workspaceId, by),
    /** Until nothing is open any more. */
    async deliverAll(given = delivery, by: InsightlyClient = client, mostMs = 20_000): Promise<void> {
      for (const until = performance.now() + mostMs; performance.now() < until; await sleep(10)) {
        await given.deliverDue(workspaceId, by)
        const [row] = await gold<{ open: number }>(
          `select count(*)::int as open from insightly_outbox where workspace_id = $1 and status in ('pending', 'sending')`,
        )
        if (row?.open === 0) return
        // What only waits for others need not wait for the clock; a create of unknown end is given its time.
        await gold(`update insightly_outbox set not_before = null where workspace_id = $1 and status = 'pending' and sent is null`)
      }
      throw new Error(`Still open: ${JSON.stringify(await this.outbox())}`)
    },
    make: async (entity: EntityName, values: Record<string, unknown>) => (await records.createRecord(actor, entity, values)).id,
    change: (entity: EntityName, id: string, values: Record<string, unknown>) => records.updateRecord(actor, entity, id, values),
    remove: (entity: EntityName, id: string) => records.deleteRecord(actor, entity, id),
    restore: (entity: EntityName, id: string) => records.restoreRecord(actor, entity, id),
    get: (entity: EntityName, id: string) => records.getRecord(actor, entity, id),
    outbox: () => gold<SeenRow>('select id::int, entity, operation, status, attempts, error from insightly_outbox where workspace_id = $1 order by id'),
    conflicts: () =>
      gold('select field, base, local, remote from insightly_conflicts where workspace_id = $1 and resolved_at is null order by field, detected_at'),
    async insightlyId(entity: EntityName, id: string): Promise<number> {
      const [row] = await gold<{ id: number }>(
        `select insightly_id::int as id from insightly_records where workspace_id = $1 and entity = $2 and record_id = $3 and not gone`,
        [workspaceId, entity, id],
      )
      return row?.id ?? 0
    },
    /** What Insightly holds of a kind, in full. */
    async dump(collection: string): Promise<InsightlyRow[]> {
      const text = await (await fetch(`${fake.origin}/_fake/dump/${collection}`)).text()
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as InsightlyRow)
    },
    /** Insightly's times are of whole seconds; what happens next there happens at another one. */
    async later(): Promise<void> {
      offsetMs += 2000
      await this.admin('PUT', '/clock', { offsetMs })
    },
    async admin(method: string, path: string, body?: unknown): Promise<unknown> {
      const response = await fetch(`${fake.origin}/_fake${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    fault: (fault: object) =>
      fetch(`${fake.origin}/_fake/faults`, { method: 'POST', body: JSON.stringify(fault), headers: { 'content-type': 'application/json' } }),
    /** Calls that change something, in order. */
    writes: () => fake.calls().flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path.replace(/^\/?(v3\.1\/)?/i, '')}`])),
    /** Lands these rows as the mirror does; all of the kind unless they are given. */
    async mirror(entity: MirroredEntity, rows?: InsightlyRow[], fetchedAt = new Date().toISOString()) {
      const given = rows ?? ((await client.list(objectOf(entity))).rows as InsightlyRow[])
      return writeAsMirror(database, workspaceId, async (tx) => applyRows(tx, entity, given, { lists: await loadLists(tx), now: clock.now(), fetchedAt }))
    },
    /** Another client of the same account. */
    connect(more: Partial<InsightlyClientOptions>): InsightlyClient {
      const opened = openClient((text) => database.roundTrip(text), fake.url, { key, retries: 0, failuresUntilRest: 1000, ...more })
      closing.push(opened.close)
      return opened.client
    },
    async close(): Promise<void> {
      for (const each of closing) await each()
      await closeClient()
      await fake.close()
    },
  }
}

export type OutboxTest = Awaited<ReturnType<typeof openOutbox>>
