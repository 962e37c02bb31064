import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { deleteRecords } from '#backend/modules/crm/index.ts'
import type { InsightlyRow } from '../client/records.ts'
import { longestPage } from '../client/request-path.ts'
import { idOf, type MirroredEntity, mirroredEntities, objectOf } from '../mapping/index.ts'
import { applyRows } from './apply-rows.ts'
import { orNotInPlan } from './plan-limits.ts'
import { prefetch } from './prefetch.ts'
import type { RunContext } from './run-context.ts'
import { readCursors, saveCursor } from './sync-runs.repository.ts'

/** Pages overlap by one row: while it is there, nothing has moved between them. */
const stride = longestPage - 1
const ahead = 6
/** Machines there need not agree with ours on the time. */
const clockDifferenceMs = 300_000
/** So many records of a kind do not vanish by themselves. */
const manyRecords = 200

interface IdPage {
  ids: number[]
  total: number | null
  isLast: boolean
  skip: number
  /** In the database's time, before it was asked for. */
  fetchedAt: string
}

/** Finds what was deleted there, and what was missed, by walking through all ids. */
export async function runReconcile(context: RunContext): Promise<void> {
  await context.refreshReferences()
  const cursors = await context.read(readCursors)
  for (const entity of mirroredEntities) {
    if (context.notInPlan.has(entity)) continue
    const isThere = await orNotInPlan(context, entity, async () => {
      await reconcileEntity(context, entity)
      return true
    })
    if (isThere === true && !cursors.has(entity)) await beginFollowing(context, entity)
  }
}

/** A kind of record that was not copied when the workspace was: all of it is here now, and what changes is asked for from when the first of it came. */
async function beginFollowing(context: RunContext, entity: MirroredEntity): Promise<void> {
  await context.land(async (tx) => {
    const [row] = await tx.query<{ first: string | null }>(
      sql`select min(mapped_at) as first from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity}`,
    )
    const first = Math.min(Date.parse(row?.first ?? '9999-01-01'), Date.parse(context.run.startedAt ?? context.run.requestedAt))
    await saveCursor(tx, entity, new Date(first - clockDifferenceMs).toISOString())
    return undefined
  })
}

/** The same for one kind of record. */
export async function reconcileEntity(context: RunContext, entity: MirroredEntity): Promise<void> {
  let lastId = 0
  let skip = 0
  for (let restart = true; restart; ) {
    restart = false
    for await (const page of walk(context, entity, skip)) {
      const [firstId] = page.ids
      // A deletion moved the rows up: an id between the pages was not seen. Some rows back it is.
      if (firstId !== undefined && page.skip > 0 && firstId > lastId) {
        skip = Math.max(0, page.skip - stride)
        restart = true
        break
      }
      const ids = page.ids.filter((id) => id > lastId)
      const until = page.isLast ? Number.MAX_SAFE_INTEGER : (ids.at(-1) ?? lastId)
      await settle(context, entity, ids, { after: lastId, until }, page)
      lastId = ids.at(-1) ?? lastId
    }
  }
}

/** A key whose owner may see less than before makes a list shorter, and nothing was deleted. */
async function refuseMassDeletion(context: RunContext, entity: MirroredEntity, there: number): Promise<void> {
  if (context.run.mayDeleteMost) return
  const here = await context.read(async (tx) => {
    const [row] = await tx.query<{ count: number }>(
      sql`select count(*) as count from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and not gone`,
    )
    return row?.count ?? 0
  })
  if (here < manyRecords || there >= here / 2) return
  throw new AppError(
    'CONFLICT',
    `Insightly shows ${there} ${entity} where ${here} were copied, so nothing was deleted. If the owner of the API key may see fewer records than before, give those rights back; if they were deleted there, start the comparison again and confirm it.`,
  )
}

/** Pages of ids from a place on. */
async function* walk(context: RunContext, entity: MirroredEntity, from: number): AsyncGenerator<IdPage> {
  const fetch = async (skip: number): Promise<IdPage> => {
    const fetchedAt = await context.now()
    const page = await context.client.list(objectOf(entity), { top: longestPage, skip, brief: true, countTotal: true }, context.call)
    return { ids: page.rows.map((row: InsightlyRow) => idOf(entity, row)), total: page.total, isLast: page.isLast, skip, fetchedAt }
  }
  const first = await fetch(from)
  if (from === 0) await refuseMassDeletion(context, entity, first.total ?? first.ids.length)
  yield first
  if (first.isLast) return
  if (first.total === null) {
    for (let skip = from + stride; ; skip += stride) {
      const page = await fetch(skip)
      yield page
      if (page.isLast) return
    }
  }
  const skips: number[] = []
  for (let skip = from + stride; skip < first.total - 1; skip += stride) skips.push(skip)
  let isEnded = false
  for await (const page of prefetch(
    skips.map((skip) => () => fetch(skip)),
    ahead,
  )) {
    isEnded = page.isLast
    yield page
  }
  // New ones were added meanwhile, or the last page was exactly full.
  for (let skip = from + stride * (skips.length + 1); !isEnded; skip += stride) {
    const page = await fetch(skip)
    isEnded = page.isLast
    yield page
  }
}

/** Deletes here what is not among the ids any more, and fetches what is there and not here. */
async function settle(
  context: RunContext,
  entity: MirroredEntity,
  ids: readonly number[],
  range: { after: number; until: number },
  { skip, total, fetchedAt }: Omit<IdPage, 'ids'>,
): Promise<void> {
  let missing: number[] = []
  await context.land(async (tx) => {
    const known = await tx.query<{ insightlyId: number; recordId: string; gone: boolean; isOlder: boolean }>(sql`
      select insightly_id as "insightlyId", record_id as "recordId", gone, mapped_at < ${fetchedAt} as "isOlder" from insightly_records
      where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id > ${range.after} and insightly_id <= ${range.until}`)
    const there = new Set(ids)
    const absent = known.filter((record) => !there.has(record.insightlyId) && !record.gone && record.isOlder)
    const gone = await withoutOpenChanges(tx, entity, absent)
    await forget(tx, entity, gone, context.clock.now())
    const here = new Set(known.filter((record) => !record.gone).map(({ insightlyId }) => insightlyId))
    missing = ids.filter((id) => !here.has(id))
    const step = { entity, deleted: gone.length }
    return { step: context.run.mode === 'reconcile' ? { ...step, rows: ids.length, total } : step }
  })
  await fetchMissing(context, entity, missing, skip)
}

/** What was changed here and is on its way there fails when it arrives, and a person decides. */
async function withoutOpenChanges<R extends { recordId: string }>(tx: Transaction, entity: MirroredEntity, records: readonly R[]): Promise<R[]> {
  if (records.length === 0) return []
  const rows = await tx.query<{ id: string }>(sql`
    select distinct record_id as id from insightly_outbox where workspace_id = ${tx.workspaceId} and entity = ${entity}
      and status in ('pending', 'sending', 'failed') and record_id = any(${sql.param(records.map(({ recordId }) => recordId))}::uuid[])`)
  const open = new Set(rows.map(({ id }) => id))
  return records.filter(({ recordId }) => !open.has(recordId))
}

async function forget(tx: Transaction, entity: MirroredEntity, gone: readonly { insightlyId: number; recordId: string }[], now: Date): Promise<void> {
  if (gone.length === 0) return
  await deleteRecords(
    tx,
    entity,
    gone.map(({ recordId }) => recordId),
    { now },
  )
  await tx.query(sql`
    update insightly_records set gone = true where workspace_id = ${tx.workspaceId} and entity = ${entity}
      and insightly_id = any(${sql.param(gone.map(({ insightlyId }) => insightlyId))}::bigint[])`)
}

/** A few are asked for one by one, more as a page. */
async function fetchMissing(context: RunContext, entity: MirroredEntity, missing: readonly number[], skip: number): Promise<void> {
  if (missing.length === 0) return
  const fetchedAt = await context.now()
  const wanted = new Set(missing)
  const rows: InsightlyRow[] = []
  if (missing.length > 3) {
    const page = await context.client.list(objectOf(entity), { top: longestPage, skip }, context.call)
    rows.push(...page.rows.filter((row: InsightlyRow) => wanted.has(idOf(entity, row))))
  }
  const found = new Set(rows.map((row) => idOf(entity, row)))
  // Those that moved out of the page meanwhile.
  for (const id of missing) {
    if (found.has(id)) continue
    const row = await context.client.find(objectOf(entity), id, context.call)
    if (row !== undefined) rows.push(row)
  }
  await context.land(async (tx) => ({
    step: { entity, ...(await applyRows(tx, entity, rows, { lists: context.lists, now: context.clock.now(), fetchedAt })) },
  }))
}
