import type { Transaction } from '#backend/infra/database/database.ts'
import type { SearchableObject } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { longestPage } from '../client/request-path.ts'
import { type MirroredEntity, mirroredEntities, objectOf } from '../mapping/index.ts'
import { type Applied, applyRows } from './apply-rows.ts'
import { newestOf } from './page-facts.ts'
import { orNotInPlan } from './plan-limits.ts'
import type { RunContext } from './run-context.ts'
import { readCursors, saveCursor } from './sync-runs.repository.ts'

/** Changes of a time show up to so many milliseconds after it, and machines there need not agree on the time. */
const overlapMs = 30_000
/** A list from which records are deleted while it is read is read again, so often at most. */
const mostAttempts = 3

/** Fetches what was changed since the last run. */
export async function runIncremental(context: RunContext): Promise<void> {
  await catchUp(context)
}

/** The same within another run. */
export async function catchUp(context: RunContext): Promise<void> {
  const cursors = await context.read(readCursors)
  for (const entity of mirroredEntities) {
    const changedAfter = cursors.get(entity)
    if (context.notInPlan.has(entity) || changedAfter === undefined) continue
    await catchUpEntity(context, entity, changedAfter)
  }
}

async function catchUpEntity(context: RunContext, entity: MirroredEntity, changedAfter: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const isWhole = await orNotInPlan(context, entity, () => walkChanges(context, entity, changedAfter))
    if (isWhole !== false || attempt === mostAttempts) return
  }
}

/** @returns false when a deletion may have hidden a change */
async function walkChanges(context: RunContext, entity: MirroredEntity, changedAfter: string): Promise<boolean> {
  const after = new Date(Date.parse(changedAfter) - overlapMs).toISOString()
  let seen = 0
  let most = 0
  let next: string | null = null
  for (;;) {
    const fetchedAt = await context.now()
    const page = await context.client.search(
      objectOf(entity) as SearchableObject,
      { updatedAfter: after, top: longestPage, skip: seen, countTotal: true },
      context.call,
    )
    const rows: InsightlyRow[] = page.rows
    const { answeredAt } = page
    // Everything changed up to what the first page shows was there to be seen when it was asked for.
    if (seen === 0) next = newestOf(rows)
    seen += rows.length
    const isLast = page.total === null ? page.isLast : rows.length === 0 || seen >= page.total
    const hasShrunk = page.total !== null && page.total < most
    most = Math.max(most, page.total ?? 0)
    const apply = (tx: Transaction) => applyRows(tx, entity, rows, { lists: context.lists, now: context.clock.now(), fetchedAt, answeredAt })
    let needs: Applied['needs'] = new Set()
    await context.land(async (tx) => {
      const applied = await apply(tx)
      needs = applied.needs
      if (isLast && !hasShrunk && next !== null && next > changedAfter) await saveCursor(tx, entity, next)
      // At the end of a full run what it has seen already comes once more.
      return { step: context.run.mode === 'full' ? { entity, ...applied, unchanged: 0 } : { entity, ...applied, rows: rows.length, total: page.total } }
    })
    // Those that named something unknown are looked at again.
    if (needs.size > 0 && (await context.refreshReferences(needs))) await context.land(async (tx) => void (await apply(tx)))
    if (hasShrunk) return false
    if (isLast) return true
  }
}
