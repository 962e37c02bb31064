import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { sql } from '#backend/infra/database/database.ts'
import { createStatisticsRefresher, takeYoungSpace } from '#backend/modules/crm/index.ts'
import { entities } from '#contracts/entities.ts'
import type { InsightlyPage } from '../client/reads.ts'
import type { InsightlyRow } from '../client/records.ts'
import { longestPage } from '../client/request-path.ts'
import { type MirroredEntity, mirroredEntities, objectOf } from '../mapping/index.ts'
import { applyRows } from './apply-rows.ts'
import { catchUp } from './incremental-run.ts'
import { newestIn, pageOf } from './page-facts.ts'
import { orNotInPlan } from './plan-limits.ts'
import { prefetch } from './prefetch.ts'
import { reconcileEntity } from './reconcile-run.ts'
import type { RunContext } from './run-context.ts'
import { type LandedPage, listPages, saveCursor } from './sync-runs.repository.ts'

interface Fetched extends InsightlyPage<InsightlyRow> {
  entity: MirroredEntity
  page: number
  /** In the database's time, before it was asked for. */
  fetchedAt: string
}

/** How far the copy of one kind of record has come. */
interface Copy {
  total: number | null
  /** Its first page, which told how many there are, packed until its turn comes. */
  first?: Buffer
  pages: LandedPage[]
  done: number
  /** Rows from which on the database is told anew how large the tables are. */
  refreshAt: number
}

/** Pages on their way or waiting for their turn; each is a megabyte of text and several of objects. */
const ahead = 4
const atOnce = 2
/** Until the database knows that a table has grown it looks through all of it. */
const firstRefresh = 1000
const growth = 16
/** From so many seconds on what changed meanwhile is fetched before the run ends. */
const longRunMs = 10_000

/** Copies every record, 500 at a time; pages that have landed are not fetched again. */
export async function runFull(context: RunContext): Promise<void> {
  const beganAt = performance.now()
  const landed = await context.read((tx) => listPages(tx, context.run.id))
  // A run that goes on has done so before its first page.
  if (landed.length === 0) await context.refreshReferences()
  const copies = await countAll(context, landed)
  const missing = [...copies].flatMap(([entity, { total, pages }]) =>
    Array.from({ length: Math.ceil((total ?? 0) / longestPage) }, (_, page) => page)
      .filter((page) => !pages.some((known) => known.page === page))
      .map((page) => () => takePage(context, entity, copies.get(entity) as Copy, page)),
  )
  await landAll(context, copies, prefetch(missing, ahead))
  for (const [entity, copy] of copies) {
    if (copy.total === null) await copyUntilShort(context, entity, copy)
    // Fewer than before: something was deleted while the pages were fetched, and rows moved up past the pages that were still to come.
    const totals = [copy.total, ...copy.pages.map(({ total }) => total)].filter((total) => total !== null)
    if (Math.min(...totals) < Math.max(...totals)) await reconcileEntity(context, entity)
    await context.land(async (tx) => void (await saveCursor(tx, entity, cursorAfter(context, copy.pages))))
  }
  for (const [entity, { done }] of copies) {
    const statistics = createStatisticsRefresher(entity)
    if (statistics.isWorthTelling(done)) await context.land(async (tx) => void (await statistics.complete(tx)))
  }
  if (performance.now() - beganAt > longRunMs) await catchUp(context)
}

/**
 * Two pages of one kind land beside each other: while the database writes one, the other is made ready. The next kind begins when all of
 * the one before are here, because it refers to them.
 */
async function landAll(context: RunContext, copies: ReadonlyMap<MirroredEntity, Copy>, pages: AsyncIterable<Fetched>): Promise<void> {
  const landing = new Set<Promise<void>>()
  let current: MirroredEntity | undefined
  const youngSpace = takeYoungSpace()
  try {
    for await (const fetched of pages) {
      youngSpace.watch()
      if (fetched.entity !== current) await Promise.all(landing)
      current = fetched.entity
      const work = land(context, copies.get(fetched.entity) as Copy, fetched).finally(() => landing.delete(work))
      // Told below.
      work.catch(() => undefined)
      landing.add(work)
      if (landing.size >= atOnce) await Promise.race(landing)
    }
    await Promise.all(landing)
  } finally {
    await Promise.allSettled(landing)
    youngSpace.release()
  }
}

/**
 * The first page of each kind, which tells how many there are: then it is known how long it takes, and pages of all kinds can be fetched
 * ahead, without a call that only counts.
 */
async function countAll(context: RunContext, landed: readonly LandedPage[]): Promise<Map<MirroredEntity, Copy>> {
  const wanted = mirroredEntities.filter((entity) => !context.notInPlan.has(entity))
  const copies = new Map<MirroredEntity, Copy>()
  for await (const counted of prefetch(
    wanted.map((entity) => () => orNotInPlan(context, entity, () => countOne(context, entity))),
    atOnce,
  )) {
    if (counted === undefined) continue
    const { entity, ...known } = counted
    const pages = landed.filter(({ object }) => object === entity)
    const done = pages.reduce((sum, { rows }) => sum + rows, 0)
    copies.set(entity, { ...known, pages, done, refreshAt: done < firstRefresh ? firstRefresh : done * growth })
  }
  for (const [entity, { total, pages }] of copies) if (pages.length === 0) await context.land(async () => ({ step: { entity, total } }))
  return copies
}

async function countOne(context: RunContext, entity: MirroredEntity): Promise<Pick<Copy, 'total' | 'first'> & { entity: MirroredEntity }> {
  const known = context.run.progress[entity]
  if (known !== undefined) return { entity, total: known.total }
  const first = await fetchPage(context, entity, 0)
  // The earliest time there is before everything this run will see.
  context.run.remoteStartedAt ??= first.answeredAt
  // As objects the first pages of all kinds would be most of the memory of a run.
  return { entity, total: first.total, first: zstdCompressSync(JSON.stringify(first)) }
}

async function takePage(context: RunContext, entity: MirroredEntity, copy: Copy, page: number): Promise<Fetched> {
  if (page > 0 || copy.first === undefined) return fetchPage(context, entity, page)
  const first = JSON.parse(zstdDecompressSync(copy.first).toString()) as Fetched
  delete copy.first
  return first
}

async function fetchPage(context: RunContext, entity: MirroredEntity, page: number): Promise<Fetched> {
  const fetchedAt = await context.now()
  const fetched = await context.client.list(objectOf(entity), { top: longestPage, skip: page * longestPage, countTotal: true }, context.call)
  return { ...fetched, entity, page, fetchedAt }
}

async function land(context: RunContext, copy: Copy, fetched: Fetched): Promise<void> {
  const { entity, page, rows, total, fetchedAt, answeredAt } = fetched
  const facts = pageOf(entity, page, fetched)
  await context.land(async (tx) => {
    const applied = await applyRows(tx, entity, rows, { lists: context.lists, now: context.clock.now(), fetchedAt, answeredAt })
    return { page: facts, step: { entity, ...applied, rows: rows.length, total: total ?? copy.total } }
  })
  copy.done += rows.length
  copy.pages.push(facts)
  if (copy.done < copy.refreshAt) return
  while (copy.refreshAt <= copy.done) copy.refreshAt *= growth
  const tables = [entities[entity].table, 'insightly_records']
  await context.land(async (tx) => void (await tx.query(sql`select refresh_growth(${sql.param(tables)}::text[])`)))
}

/** Where nobody tells how many there are. */
async function copyUntilShort(context: RunContext, entity: MirroredEntity, copy: Copy): Promise<void> {
  for (let page = 0; ; page++) {
    const known = copy.pages.find((one) => one.page === page)
    if (known !== undefined) {
      if (known.rows < longestPage) return
      continue
    }
    const fetched = await takePage(context, entity, copy, page)
    if (fetched.rows.length > 0) await land(context, copy, fetched)
    if (fetched.isLast) return
  }
}

/** What changed since is asked for from here on: no later than the run began there, and no later than anything it saw. */
function cursorAfter({ run, clock }: RunContext, pages: readonly LandedPage[]): string {
  const began = run.remoteStartedAt ?? new Date(clock.now().getTime() - 300_000).toISOString()
  const newest = newestIn(pages)
  return newest !== null && newest < began ? newest : began
}
