import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const clockTicksPerSecond = 100
const nanosecondsPerMs = 1_000_000

/** Milliseconds of processor time a process has used; undefined where the system does not tell. */
export async function readProcessorTime(pid: number): Promise<number | undefined> {
  const fields = await readStat(pid)
  return fields === undefined ? undefined : toMs(Number(fields[11]) + Number(fields[12]))
}

/** The same in nanoseconds' precision, for processes that do almost nothing; without threads that have ended. */
export async function readFineProcessorTime(pid: number): Promise<number | undefined> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => undefined)
  if (threads === undefined) return undefined
  const times = await Promise.all(threads.map((thread) => readProc(`/proc/${pid}/task/${thread}/schedstat`)))
  return times.some((time) => time === undefined)
    ? readProcessorTime(pid)
    : times.reduce((sum, time) => sum + Number(time?.split(' ')[0]) / nanosecondsPerMs, 0)
}

/** Milliseconds of processor time of the PostgreSQL in this data folder, its processes that have ended included; undefined where the system does not tell. */
export async function readDatabaseTime(dataFolder: string): Promise<number | undefined> {
  return readPostgresTime(Number((await readProc(join(dataFolder, 'postgres/data/postmaster.pid')))?.split('\n')[0]))
}

/** The same of the PostgreSQL whose first process this is. */
export async function readPostgresTime(postmaster: number): Promise<number | undefined> {
  const fields = await readStat(postmaster)
  if (fields === undefined) return undefined
  const ended = toMs(Number(fields[13]) + Number(fields[14]))
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const parents = await Promise.all(all.map(async (pid) => ({ pid, parent: Number((await readStat(pid))?.[1]) })))
  const living = [postmaster, ...parents.filter(({ parent }) => parent === postmaster).map(({ pid }) => pid)]
  const times = await Promise.all(living.map(readFineProcessorTime))
  return times.reduce<number>((sum, time) => sum + (time ?? 0), ended)
}

export function readProc(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // ESRCH: it ended while it was read.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  })
}

/** From the state on, which is the third field: the program's name, in brackets, may hold blanks. */
async function readStat(pid: number): Promise<string[] | undefined> {
  const text = await readProc(`/proc/${pid}/stat`)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function toMs(ticks: number): number {
  return (ticks * 1000) / clockTicksPerSecond
}
