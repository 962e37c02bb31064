import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../figures.ts'
import { readDatabaseTime, readFineProcessorTime } from '../processor-time.ts'
import type { Mirror } from './sync-mirror.ts'

const settleMs = 3000
const idleMs = 20_000

/** Milliseconds of processor time a second. */
export interface IdleCost {
  node: number
  database: number
}

/** What a server costs while nothing is due; undefined where the system does not tell. */
export async function readIdleCost({ server, sql, dataFolder }: Pick<Mirror, 'server' | 'sql' | 'dataFolder'>): Promise<IdleCost | undefined> {
  // Else the database would tidy up meanwhile.
  await sql.query('vacuum analyze', [])
  await sql.query('checkpoint', [])
  await sleep(settleMs)
  const read = async () => [performance.now(), await readFineProcessorTime(server.pid), await readDatabaseTime(dataFolder)] as const
  const [began, nodeBefore, databaseBefore] = await read()
  await sleep(idleMs)
  const [ended, nodeAfter, databaseAfter] = await read()
  if (nodeBefore === undefined || nodeAfter === undefined || databaseBefore === undefined || databaseAfter === undefined) return undefined
  const perSecond = (ms: number) => (ms * 1000) / (ended - began)
  return { node: perSecond(nodeAfter - nodeBefore), database: perSecond(databaseAfter - databaseBefore) }
}

/** What the mirror adds to that. */
export function compareIdle(mirroring: IdleCost | undefined, without: IdleCost | undefined): Figure[] {
  if (mirroring === undefined || without === undefined) return []
  const figure = (name: string, which: keyof IdleCost, goal?: number): Figure => ({
    name: `${name} for an idle mirror`,
    value: mirroring[which] - without[which],
    unit: 'ms/s',
    ...(goal === undefined ? {} : { goal }),
    note: `${mirroring[which].toFixed(1)} with it, ${without[which].toFixed(1)} without`,
  })
  return [figure('processor time of node', 'node', 3), figure('processor time of PostgreSQL', 'database')]
}
