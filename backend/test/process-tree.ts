import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Process ids of a process and of all that descend from it. */
export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const line of execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number)
    if (pid !== undefined && parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** Process id of the embedded database's first process; undefined while it starts. */
export function findPostmaster(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]) || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The same of a database that runs. */
export function postmasterOf(dataDir: string): number {
  const pid = findPostmaster(dataDir)
  if (pid === undefined) throw new Error(`No database runs in ${dataDir}.`)
  return pid
}

/** Ends all of them at the same moment, without asking. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It has ended with one of the others.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Waits until none of them is there any more. */
export async function untilGone(pids: readonly number[]): Promise<void> {
  const left = () => pids.filter((pid) => isThere(pid))
  for (let attempt = 0; left().length > 0; attempt += 1) {
    if (attempt > 600) throw new Error(`These processes did not end: ${left().join(', ')}`)
    await sleep(50)
  }
}

function isThere(pid: number): boolean {
  try {
    // One that has ended and was not yet waited for is no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
