import type { Logger } from 'pino'
import { type Database, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'

/** As whom jobs work: they see what is due in a workspace, and ask as the person whose schedule it is. */
export function automationActor(workspaceId: string): Extract<Actor, { type: 'system' }> {
  return { type: 'system', workspaceId, job: 'automations', name: 'Automations' }
}

export function inJob<T>(database: Database, workspaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction(automationActor(workspaceId), work)
}

export interface AutomationWork {
  /** What is due in a workspace, until nothing is. */
  workOn(workspaceId: string, signal: AbortSignal): Promise<void>
}

const tickMs = 2000

/** Looks for what is due, in every workspace; any number of processes do so beside each other. */
export function createAutomationRunner({
  database,
  works,
  homeWorkspaceId,
  clock,
  logger,
}: {
  database: Database
  works: readonly AutomationWork[]
  homeWorkspaceId: string
  clock: Clock
  logger: Pick<Logger, 'warn' | 'debug'>
}) {
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()
  let isFailing = false
  /** What is being worked on: an answer that takes minutes keeps nothing else waiting. */
  const busy = new Map<string, Promise<void>>()

  function stumbled(error: unknown): void {
    // Said once while it lasts; the next look tries again.
    logger[isFailing ? 'debug' : 'warn']({ err: error }, 'Automations stumbled and try again')
    isFailing = true
  }

  function once(key: string, work: () => Promise<void>): void {
    if (busy.has(key)) return
    const working = work()
      .then(() => {
        isFailing = false
      }, stumbled)
      .finally(() => busy.delete(key))
    busy.set(key, working)
  }

  async function look(only?: string): Promise<void> {
    const due = await inJob(database, homeWorkspaceId, (tx) =>
      tx.query<{ id: string }>(sql`select workspace_id as id from automation_workspaces(${clock.now().toISOString()}::timestamptz)`),
    ).catch((error: unknown) => {
      stumbled(error)
      return []
    })
    if (stopping.signal.aborted) return
    for (const { id } of due.filter((one) => only === undefined || one.id === only))
      for (const [index, work] of works.entries()) once(`${index} ${id}`, () => work.workOn(id, stopping.signal))
  }

  const plan = () => {
    if (!stopping.signal.aborted) timer = setTimeout(() => void look().then(plan), tickMs).unref()
  }

  return {
    /** Begins what is due, in one workspace or in all, and resolves when nothing is being worked on. */
    async tick(only?: string): Promise<void> {
      await look(only)
      await Promise.all(busy.values())
    },
    start() {
      if (timer === undefined) plan()
    },
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await Promise.all(busy.values())
    },
  }
}

export type AutomationRunner = ReturnType<typeof createAutomationRunner>
