import cluster, { type Worker } from 'node:cluster'
import { type Config, readNodeOptions } from '#backend/config/index.ts'
import { claimFolder, type FolderClaim } from '#backend/infra/database/folder-claim.ts'
import { createLogRotation } from '#backend/infra/logger/log-rotation.ts'
import type { Logs } from '#backend/infra/logger/logger.ts'
import { createEndedFigures } from './collected-figures.ts'
import { createCrashGuard } from './crash-guard.ts'
import { createMemoryGuard, residentBytesOf } from './memory-guard.ts'
import { readMemoryFacts, shareMemory } from './memory-share.ts'
import { exitWithoutDatabase, type ToPrimary, type ToWorker } from './messages.ts'
import { createReload } from './reload.ts'
import { createReplacementCount, type ReplacementReason } from './replacement-count.ts'
import { refuseTakenPort } from './taken-port.ts'

/** Answers that a retiring worker still makes may take this long. */
const retireWithinMs = 180_000
const readyWithinMs = 120_000
const stopWithinMs = 9500
const figuresWithinMs = 2000
const withoutDatabaseMs = 2000
const lookAtMemoryEveryMs = 10_000
const mostLeaving = 20

interface Member {
  worker: Worker
  isReady: boolean
  /** It is to take another one's place; whoever waits for that sees to it should it not come up. */
  isSuccessor: boolean
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
  const reload = createReload(config, logs)
  const ended = createEndedFigures()
  const replacements = createReplacementCount()
  const share = shareMemory(readMemoryFacts(count, readNodeOptions()))
  const memory = createMemoryGuard({ shareBytes: share.bytes })
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...share.nodeOptions] })
  let claim: Promise<FolderClaim> | undefined
  let hasServed = false
  let isStopping = false
  let lead: number | undefined
  let replacing: Promise<void> = Promise.resolve()

  const send = ({ worker }: Member, message: ToWorker) => {
    if (worker.isConnected()) worker.send(message)
  }
  const alive = () => [...members.values()].filter(({ isLeaving }) => !isLeaving)

  function start(isSuccessor = false): Member {
    const worker = cluster.fork()
    const member: Member = { worker, isReady: false, isSuccessor, isLeaving: false, lastFigures: undefined }
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
    claim ??= claimFolder(adminUrl, config, (error) => {
      // The last worker to go takes the database along.
      if (!isStopping) logger.warn({ err: error }, 'The claim on the data folder went with the database; it is taken anew')
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
    if (member.isLeaving || (member.isSuccessor && !member.isReady)) return appointLead()
    // What is wrong from the start does not get better by starting again.
    if (!hasServed) return await stop(code === null || code === 0 || code === exitWithoutDatabase ? 1 : code)
    if (code === exitWithoutDatabase) {
      logger.warn({ waitMs: withoutDatabaseMs }, 'A worker found no database; it is started again until there is one')
      setTimeout(() => {
        if (!isStopping) start()
      }, withoutDatabaseMs)
      return
    }
    const waitMs = guard.onCrash(performance.now())
    logger.error({ worker: member.worker.id, pid: member.worker.process.pid, code, signal, waitMs }, 'A worker ended by itself; another takes its place')
    if (waitMs === undefined) {
      process.stderr.write('ChatSG ends: its workers ended by themselves again and again. The log says why; npm run doctor looks for what is wrong.\n')
      return await stop(1)
    }
    appointLead()
    replacements.note('crash')
    setTimeout(() => {
      if (!isStopping) start()
    }, waitMs)
  }

  /** Asks all for their figures; one that does not answer in time counts with its last ones. */
  async function figuresOfAll(): Promise<unknown[]> {
    // Before they are asked: one that ends meanwhile would be counted among both.
    const past = ended.asProcess()
    const figures = await Promise.all([...members.values()].filter(({ isReady }) => isReady).map(askFigures))
    return [...figures.filter((some) => some !== undefined), ...past, ...replacements.asProcess()]
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
      if (!(await replace(member, 'reload'))) return
    }
    logger.info('All workers are replaced')
  }

  /** @returns whether another one serves in its place */
  async function replace(member: Member, reason: ReplacementReason): Promise<boolean> {
    const successor = start(true)
    if (!(await becomesReady(successor))) {
      successor.isLeaving = true
      successor.worker.kill('SIGKILL')
      logger.error('A new worker did not come up; the workers there go on as before')
      return false
    }
    await retire(member)
    replacements.note(reason)
    return true
  }

  /** One after the other, whatever asks for it. */
  function inTurn(work: () => Promise<unknown>): void {
    replacing = replacing.then(work).then(
      () => undefined,
      (error: unknown) => logger.error({ err: error }, 'The workers could not be replaced'),
    )
  }

  let hasSaidTooSmall = false
  function lookAtMemory(): void {
    const readings = new Map(
      alive().flatMap(({ worker, isReady }) => {
        const bytes = isReady ? residentBytesOf(worker.process.pid) : undefined
        return bytes === undefined ? [] : [[worker.id, bytes]]
      }),
    )
    const { replace: found, isTooSmall } = memory.look(readings, performance.now())
    if (isTooSmall && !hasSaidTooSmall)
      logger.warn(
        { shareBytes: share.bytes },
        'Workers need more memory than their share; replacing them does not help. Give ChatSG more memory, or set WORKERS lower',
      )
    hasSaidTooSmall = isTooSmall
    const member = found === undefined ? undefined : members.get(found.id)
    if (found === undefined || member === undefined) return
    logger.warn(
      { worker: found.id, pid: member.worker.process.pid, residentBytes: found.bytes, shareBytes: share.bytes },
      'A worker occupies more than its share of memory; another takes its place',
    )
    inTurn(async () => {
      if (!isStopping && members.has(found.id) && !member.isLeaving) await replace(member, 'memory')
    })
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
    // Each occupies memory until its last client has gone, a minute at most; who is told to hurry may cut somebody off.
    const leaving = [...members.values()].filter(({ isLeaving }) => isLeaving)
    for (const first of leaving.slice(0, Math.max(0, leaving.length - mostLeaving))) send(first, { type: 'hurry' })
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
    // New workers would not start with a configuration that is wrong, and the old ones serve.
    const read = reload.read()
    if (read === undefined) return
    logs.configure(read.config.logging)
    logger.info({ changed: [...read.changes.applied, ...read.changes.needRestart] }, 'The configuration is read anew')
    // A second one while workers are being replaced means those that are new as well.
    inTurn(replaceAll)
  })
  const reopenLogs = () => {
    logs.reopen()
    for (const member of members.values()) send(member, { type: 'reopenLogs' })
  }
  process.on('SIGUSR2', reopenLogs)
  createLogRotation({ paths: logs.files, reopen: reopenLogs, now: () => new Date() }).start((error) =>
    logger.error({ err: error }, 'The log could not be rotated'),
  )
  setInterval(lookAtMemory, lookAtMemoryEveryMs).unref()
  start()
}
