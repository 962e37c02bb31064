import { createStatisticsRefresher } from '#backend/modules/crm/index.ts'
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
  fetchedAt: string
}

/** Pages on their way or waiting for their turn. */
const ahead = 6
/** From so many seconds on what changed meanwhile is fetched before the run ends. */
const longRunMs = 10_000

/** Copies every record, 500 at a time; pages that have landed are not fetched again. */
export async function runFull(context: RunContext): Promise<void> {
  const { run } = context
  const startedAt = context.clock.now().getTime()
  const landed = await context.read((tx) => listPages(tx, run.id))
  await context.refreshReferences()
  const wanted = mirroredEntities.filter((entity) => !context.notInPlan.has(entity))
  // The first pages tell how many there are of each.
  const first = new Map<MirroredEntity, Promise<Fetched | undefined>>()
  for (const entity of wanted) {
    if (landed.some(({ object, page }) => object === entity && page === 0)) continue
    const fetching = orNotInPlan(context, entity, () => fetchPage(context, entity, 0))
    fetching
      .then((fetched) => fetched !== undefined && context.expect(entity, 0, fetched.total))
      // Told when its turn comes.
      .catch(() => undefined)
    first.set(entity, fetching)
  }
  for (const entity of wanted)
    await copyEntity(
      context,
      entity,
      landed.filter(({ object }) => object === entity),
      await first.get(entity),
    )
  await context.land((tx) => createStatisticsRefresher('contacts').complete(tx))
  if (context.clock.now().getTime() - startedAt > longRunMs) await catchUp(context)
}

async function fetchPage(context: RunContext, entity: MirroredEntity, page: number): Promise<Fetched> {
  const fetchedAt = await context.now()
  const fetched = await context.client.list(objectOf(entity), { top: longestPage, skip: page * longestPage, countTotal: true }, context.call)
  // The earliest time there is before everything this run will see.
  if (context.run.remoteStartedAt === null && fetched.answeredAt !== null) context.run.remoteStartedAt = fetched.answeredAt
  return { ...fetched, fetchedAt }
}

async function copyEntity(context: RunContext, entity: MirroredEntity, landed: readonly LandedPage[], first: Fetched | undefined): Promise<void> {
  if (first === undefined && landed.length === 0) return
  const statistics = createStatisticsRefresher(entity)
  const pages = [...landed]
  let done = landed.reduce((sum, { rows }) => sum + rows, 0)
  const land = async (page: number, fetched: Fetched) => {
    const { rows, total, fetchedAt } = fetched
    done += rows.length
    const facts = pageOf(entity, page, fetched)
    await context.land(async (tx) => {
      const applied = await applyRows(tx, entity, rows, { lists: context.lists, now: context.clock.now(), fetchedAt })
      context.count(entity, applied)
      context.expect(entity, done, total ?? null)
      if (statistics.isDue(done)) await statistics.refresh(tx)
    }, facts)
    pages.push(facts)
  }
  if (first !== undefined) await land(0, first)
  const isLanded = (page: number) => pages.some((known) => known.page === page)
  const total = pages.find(({ page }) => page === 0)?.total ?? null
  if (total === null) await copyUntilShort(context, entity, pages, land)
  else {
    const missing = Array.from({ length: Math.ceil(total / longestPage) }, (_, page) => page).filter((page) => !isLanded(page))
    const fetching = missing.map((page) => async () => ({ page, fetched: await fetchPage(context, entity, page) }))
    for await (const { page, fetched } of prefetch(fetching, ahead)) await land(page, fetched)
  }
  // Fewer than before: something was deleted while the pages were fetched, and rows moved up past the pages that were still to come.
  const totals = pages.flatMap((page) => page.total ?? [])
  if (Math.min(...totals) < Math.max(...totals)) await reconcileEntity(context, entity)
  await context.land((tx) => saveCursor(tx, entity, cursorAfter(context, pages)))
}

/** Where nobody tells how many there are. */
async function copyUntilShort(
  context: RunContext,
  entity: MirroredEntity,
  landed: readonly LandedPage[],
  land: (page: number, fetched: Fetched) => Promise<void>,
): Promise<void> {
  for (let page = 0; ; page++) {
    const known = landed.find((one) => one.page === page)
    if (known !== undefined) {
      if (known.rows < longestPage) return
      continue
    }
    const fetched = await fetchPage(context, entity, page)
    if (fetched.rows.length > 0) await land(page, fetched)
    if (fetched.isLast) return
  }
}

/** What changed since is asked for from here on: no later than the run began there, and no later than anything it saw. */
function cursorAfter({ run, clock }: RunContext, pages: readonly LandedPage[]): string {
  const began = run.remoteStartedAt ?? new Date(clock.now().getTime() - 300_000).toISOString()
  const newest = newestIn(pages)
  return newest !== null && newest < began ? newest : began
}
