import cluster, { type Worker } from 'node:cluster'
import type { Config } from '#backend/config/index.ts'
import { claimFolder, type FolderClaim } from '#backend/infra/database/folder-claim.ts'
import { createLogRotation } from '#backend/infra/logger/log-rotation.ts'
import type { Logs } from '#backend/infra/logger/logger.ts'
import { createEndedFigures } from './collected-figures.ts'
import { createCrashGuard } from './crash-guard.ts'
import type { ToPrimary, ToWorker } from './messages.ts'
import { refuseTakenPort } from './taken-port.ts'

/** Answers that a retiring worker still makes may take this long. */
const retireWithinMs = 180_000
const readyWithinMs = 120_000
const stopWithinMs = 9500
const figuresWithinMs = 2000

interface Member {
  worker: Worker
  isReady: boolean
  /** It has been asked to go. */
  isLeaving: boolean
  lastFigures: unknown
}

/**
 * Runs the workers: starts them, starts those anew that end by themselves, replaces all of them one by one on SIGHUP, and ends with them.
 * It serves nothing itself and stays small.
 */
export async function runPrimary(config: Config, count: number, logs: Logs): Promise<void> {
  const { application } = config
  const { logger } = logs
  // Workers take connections themselves: one that is killed takes along only those it had, and none waits for it.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  await refuseTakenPort(application.host, application.port)
  const members = new Map<number, Member>()
  const guard = createCrashGuard()
  const ended = createEndedFigures()
  let claim: Promise<FolderClaim> | undefined
  let hasServed = false
  let isStopping = false
  let lead: number | undefined
  let replacing: Promise<void> = Promise.resolve()

  const send = ({ worker }: Member, message: ToWorker) => {
    if (worker.isConnected()) worker.send(message)
  }
  const alive = () => [...members.values()].filter(({ isLeaving }) => !isLeaving)

  function start(): Member {
    const worker = cluster.fork()
    const member: Member = { worker, isReady: false, isLeaving: false, lastFigures: undefined }
    members.set(worker.id, member)
    worker.on('message', (message: ToPrimary) => void receive(member, message))
    worker.once('exit', (code, signal) => void onExit(member, code, signal))
    return member
  }

  async function receive(member: Member, message: ToPrimary): Promise<void> {
    switch (message.type) {
      case 'opened':
        return await admit(member, message.adminUrl)
      case 'ready':
        member.isReady = true
        appointLead()
        // The first one alone makes what all need: the database, its tables, the demo.
        if (!hasServed) for (let index = 1; index < count; index += 1) start()
        hasServed = true
        return
      case 'wantFigures':
        return send(member, { type: 'allFigures', id: message.id, figures: await figuresOfAll() })
      case 'lastFigures':
        member.lastFigures = message.figures
        return
      // Whoever waits for these listens itself.
      case 'figures':
      case 'retired':
        return
    }
  }

  /** The folder is claimed once for all workers, with the database that the first of them has opened. */
  async function admit(member: Member, adminUrl: string): Promise<void> {
    claim ??= claimFolder(adminUrl, application.dataDir, () => {
      // The database went away under it; the next worker that opens it claims anew.
      claim = undefined
    })
    try {
      await claim
      send(member, { type: 'claimed' })
    } catch (error) {
      claim = undefined
      process.stderr.write(`ChatSG could not start: ${(error as Error).message}\n`)
      await stop(1)
    }
  }

  function appointLead(): void {
    const current = lead === undefined ? undefined : members.get(lead)
    if (current?.isReady === true && !current.isLeaving) return
    const next = alive().find(({ isReady }) => isReady)
    if (next === undefined) return
    lead = next.worker.id
    send(next, { type: 'lead' })
  }

  async function onExit(member: Member, code: number | null, signal: string | null): Promise<void> {
    members.delete(member.worker.id)
    if (member.lastFigures !== undefined) ended.add(member.lastFigures)
    if (isStopping) return
    if (member.isLeaving) return appointLead()
    // What is wrong from the start does not get better by starting again.
    if (!hasServed) return await stop(code === null || code === 0 ? 1 : code)
    const waitMs = guard.onCrash(performance.now())
    logger.error({ worker: member.worker.id, pid: member.worker.process.pid, code, signal, waitMs }, 'A worker ended by itself; another takes its place')
    if (waitMs === undefined) {
      process.stderr.write('ChatSG ends: its workers ended by themselves again and again. The log says why; npm run doctor looks for what is wrong.\n')
      return await stop(1)
    }
    appointLead()
    setTimeout(() => {
      if (!isStopping) start()
    }, waitMs)
  }

  /** Asks all for their figures; one that does not answer in time counts with its last ones. */
  async function figuresOfAll(): Promise<unknown[]> {
    const figures = await Promise.all([...members.values()].filter(({ isReady }) => isReady).map(askFigures))
    return [...figures.filter((some) => some !== undefined), ...ended.asProcess()]
  }

  let asked = 0
  function askFigures(member: Member): Promise<unknown> {
    asked += 1
    const id = asked
    return new Promise((done) => {
      const finish = (figures: unknown) => {
        clearTimeout(timer)
        member.worker.off('message', listen)
        done(figures)
      }
      const timer = setTimeout(() => finish(member.lastFigures), figuresWithinMs)
      const listen = (message: ToPrimary) => {
        if (message.type !== 'figures' || message.id !== id) return
        member.lastFigures = message.figures
        finish(message.figures)
      }
      member.worker.on('message', listen)
      send(member, { type: 'figures', id })
    })
  }

  /** Each worker goes only when another one serves in its place. */
  async function replaceAll(): Promise<void> {
    const old = alive()
    logger.info({ workers: old.length }, 'Replacing the workers, one by one')
    for (const member of old) {
      if (isStopping || !members.has(member.worker.id)) continue
      const successor = start()
      if (!(await becomesReady(successor))) {
        successor.isLeaving = true
        successor.worker.kill('SIGKILL')
        logger.error('A new worker did not come up; the workers there go on as before')
        return
      }
      await retire(member)
    }
    logger.info('All workers are replaced')
  }

  function becomesReady({ worker }: Member): Promise<boolean> {
    return new Promise((done) => {
      const finish = (isReady: boolean) => {
        clearTimeout(timer)
        worker.off('message', listen)
        worker.off('exit', onEnd)
        done(isReady)
      }
      const timer = setTimeout(() => finish(false), readyWithinMs)
      const onEnd = () => finish(false)
      const listen = (message: ToPrimary) => {
        if (message.type === 'ready') finish(true)
      }
      worker.on('message', listen)
      worker.once('exit', onEnd)
    })
  }

  /** Resolves when it takes nothing new; what it still answers it brings to its end. */
  function retire(member: Member): Promise<void> {
    member.isLeaving = true
    appointLead()
    const { worker } = member
    const overdue = setTimeout(() => {
      logger.warn({ worker: worker.id }, 'A worker that was replaced did not come to its end; it is ended now')
      worker.kill('SIGKILL')
    }, retireWithinMs)
    worker.once('exit', () => clearTimeout(overdue))
    send(member, { type: 'retire' })
    return new Promise((done) => {
      worker.once('exit', () => done())
      worker.on('message', (message: ToPrimary) => {
        if (message.type === 'retired') done()
      })
    })
  }

  async function stop(code: number): Promise<void> {
    if (isStopping) return
    isStopping = true
    const left = [...members.values()]
    const gone = Promise.all(left.map(({ worker }) => new Promise((done) => (worker.isDead() ? done(undefined) : worker.once('exit', done)))))
    for (const member of left) send(member, { type: 'stop' })
    const deadline = setTimeout(() => {
      logger.error('Stopping took too long; ending now')
      for (const { worker } of members.values()) worker.kill('SIGKILL')
      process.exit(code)
    }, stopWithinMs)
    await gone
    clearTimeout(deadline)
    await claim?.then((held) => held.release()).catch(() => undefined)
    process.exit(code)
  }

  process.on('SIGTERM', () => void stop(0))
  process.on('SIGINT', () => void stop(0))
  process.on('SIGHUP', () => {
    // A second one while workers are being replaced means those that are new as well.
    replacing = replacing.then(replaceAll).catch((error: unknown) => logger.error({ err: error }, 'The workers could not be replaced'))
  })
  const reopenLogs = () => {
    logs.reopen()
    for (const member of members.values()) send(member, { type: 'reopenLogs' })
  }
  process.on('SIGUSR2', reopenLogs)
  createLogRotation({ paths: logs.files, reopen: reopenLogs, now: () => new Date() }).start((error) =>
    logger.error({ err: error }, 'The log could not be rotated'),
  )
  start()
}
