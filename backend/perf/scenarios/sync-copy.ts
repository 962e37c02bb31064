import { copyBare, pageRows } from '../bare-copy.ts'
import type { Figure } from '../figures.ts'
import type { InsightlyProcess, Rate } from '../insightly-process.ts'
import { readDatabaseTime } from '../processor-time.ts'
import { finishRun, type Mirror, mirrored, secondsAllowed, sortCalls } from './sync-mirror.ts'

/** From so many contacts on, what is done once a copy weighs little, and the targets of calls and time hold. */
const largeScale = 50_000

export async function measureBareCopy(insightly: InsightlyProcess, rate: Rate): Promise<Figure> {
  const counts = await insightly.counts()
  const wanted = new Map(Object.values(mirrored).map((name) => [name, counts[name] ?? 0]))
  const value = await copyBare(insightly, wanted, rate)
  const busiest = await insightly.busiest(rate.windowMs)
  return { name: 'copy, bare: the same pages thrown away', value, unit: 's', note: `busiest window ${busiest} of ${rate.requests} calls` }
}

/** The first copy, which a server with a key begins by itself. */
export async function measureFullCopy(mirror: Mirror, { scale, bareSeconds }: { scale: number; bareSeconds: number }): Promise<Figure[]> {
  const { server, client, insightly, rate, dataFolder } = mirror
  const [nodeBefore, databaseBefore] = [await server.processorMs(), await readDatabaseTime(dataFolder)]
  const { seconds } = await finishRun(client, 'full')
  const [nodeAfter, databaseAfter] = [await server.processorMs(), await readDatabaseTime(dataFolder)]
  const memory = await server.memory()
  const calls = await insightly.calls()
  const { records, references, refused } = sortCalls(calls)
  const counts = await insightly.counts()
  const there = Object.values(mirrored).map((name) => counts[name] ?? 0)
  const rows = there.reduce((sum, count) => sum + count, 0)
  const minimum = there.reduce((sum, count) => sum + Math.ceil(count / pageRows), 0)
  const allowed = secondsAllowed(calls.length, rate)
  const isLarge = scale >= largeScale
  const targetAtScale = (target: number, note: string): Partial<Figure> =>
    isLarge ? { target, note } : { note: `${note}; its target holds from ${largeScale.toLocaleString('en')} contacts on` }
  const differences = await compareCounts(mirror, counts)
  const perRow = (name: string, before: number | undefined, after: number | undefined): Figure[] =>
    before === undefined || after === undefined ? [] : [{ name, value: ((after - before) * 1000) / rows, unit: 'µs' }]
  return [
    { name: 'full copy', value: seconds, unit: 's', note: `${rows.toLocaleString('en')} rows of eleven kinds` },
    {
      name: 'full copy beside what the limit allows',
      value: seconds / allowed,
      unit: 'ratio',
      ...targetAtScale(1.15, `${calls.length} calls at ${rate.requests} in ${rate.windowMs} ms take ${allowed.toFixed(1)} s`),
    },
    { name: 'full copy beside the bare copy', value: seconds / bareSeconds, unit: 'ratio' },
    { name: 'full copy, rate', value: rows / seconds, unit: 'rows/s', atLeast: true },
    {
      name: 'calls for records beside the fewest',
      value: records / minimum,
      unit: 'ratio',
      ...targetAtScale(1.05, `${records} where ${minimum} hold all rows`),
    },
    { name: 'calls for what records refer to', value: references, unit: 'calls', target: 40 },
    { name: 'calls that were refused or lost', value: refused, unit: 'errors', target: 0 },
    { name: 'busiest window of the copy', value: await insightly.busiest(rate.windowMs), unit: 'calls', target: rate.requests },
    ...perRow('processor time of node per row', nodeBefore, nodeAfter),
    ...perRow('processor time of PostgreSQL per row', databaseBefore, databaseAfter),
    ...(memory === undefined ? [] : [{ name: 'node memory while copying, at most', value: memory.most, unit: 'MB', target: 300 } as const]),
    {
      name: 'kinds of records that are not complete',
      value: differences.length,
      unit: 'errors',
      target: 0,
      ...(differences.length === 0 ? {} : { note: differences.join(', ') }),
    },
  ]
}

/** Records here, each with an id of its own, beside those there. */
async function compareCounts({ sql }: Mirror, counts: Record<string, number>): Promise<string[]> {
  const differences: string[] = []
  for (const [table, name] of Object.entries(mirrored)) {
    const [row] = await sql.query<{ count: string; ids: string }>(
      `select count(*), count(distinct external_id) as ids from ${table} where workspace_id = $1 and deleted_at is null`,
      [sql.workspaceId],
    )
    const there = counts[name] ?? 0
    if (Number(row?.count) !== there || Number(row?.ids) !== there) differences.push(`${table}: ${row?.count} rows, ${row?.ids} ids, ${there} there`)
  }
  return differences
}
