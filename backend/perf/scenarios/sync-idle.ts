import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from '../figures.ts'
import { readDatabaseTime, readFineProcessorTime } from '../processor-time.ts'
import type { Mirror } from './sync-mirror.ts'

const settleMs = 3000
const idleMs = 20_000
/** Milliseconds of processor time a second. */
const goal = 3

/** What a server costs while nothing is due. */
export async function measureIdle(
  { server, sql, dataFolder }: Pick<Mirror, 'server' | 'sql' | 'dataFolder'>,
  name: string,
  { target = false }: { target?: boolean } = {},
): Promise<Figure[]> {
  // Else the database would tidy up meanwhile.
  await sql.query('vacuum analyze', [])
  await sql.query('checkpoint', [])
  await sleep(settleMs)
  const read = async () => [performance.now(), await readFineProcessorTime(server.pid), await readDatabaseTime(dataFolder)] as const
  const [began, nodeBefore, databaseBefore] = await read()
  await sleep(idleMs)
  const [ended, nodeAfter, databaseAfter] = await read()
  if (nodeBefore === undefined || nodeAfter === undefined || databaseBefore === undefined || databaseAfter === undefined) return []
  const perSecond = (ms: number) => (ms * 1000) / (ended - began)
  return [
    { name: `node, ${name}`, value: perSecond(nodeAfter - nodeBefore), unit: 'ms/s', ...(target ? { goal } : {}), note: 'processor time' },
    { name: `PostgreSQL, ${name}`, value: perSecond(databaseAfter - databaseBefore), unit: 'ms/s', note: 'processor time' },
  ]
}
