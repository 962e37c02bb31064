import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import { type Actor, actorId, hasScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import { fold } from '#contracts/fold.ts'
import type { Memory, MemoryErasure, MemoryList, MemorySettings, NewMemoryInput } from '#contracts/memory.ts'
import { readMemoryRequest } from './commands/command-words.ts'
import { createMemoryCommands, type MemoryCommand } from './commands/memory-commands.ts'
import { extractMemories, extractStatement } from './extract/extract.ts'
import { statementsForModel } from './extract/statements.ts'
import { countQueued } from './mem0/mem0-queue.ts'
import type { Mem0Search } from './mem0/mem0-search.ts'
import type { Mem0Sync } from './mem0/mem0-sync.ts'
import {
  changeMemory,
  countFound,
  countMemories,
  currentMemories,
  deleteMemories,
  deleteOwnMemories,
  findMemory,
  type HeldMemory,
  isEnabled,
  isKeyTaken,
  isToldSince,
  keepMemory,
  listMemories,
  lockMemories,
  noteUse,
  saveEnabled,
  sessionRecalls,
  sessionRemembers,
} from './memories.repository.ts'
import type { AppliedMemory, Extracted, MemoryScope, Said } from './memory.types.ts'
import { fromMemoryCursor, toMemoryCursor } from './page-cursor.ts'
import { createMemoryReading } from './reading/reading.ts'
import type { ReadingModel } from './reading/reading-model.ts'
import { addReading, countReadings, dropReading, type Reading } from './reading/readings.repository.ts'
import { relevantMemories, toApplied, toPromptLines } from './recall.ts'

export interface MemoryDependencies {
  operations: Operations
  clock: Clock
  logger: Pick<Logger, 'warn' | 'debug' | 'error'>
  /** `MEM0_ENABLED` */
  enabled: boolean
  /** `MEM0_TIMEOUT` */
  timeoutMs: number
  /** A Mem0 server that is kept in step and asked what is near in meaning. */
  mem0?: { sync: Mem0Sync; search: Mem0Search } | undefined
  /** A model that finds what no rule does, and the database in which messages wait for it. */
  reading?: { model: ReadingModel; database: Database; homeWorkspaceId: string } | undefined
}

export interface RecallRequest {
  text: string
  limit?: number
  sessionId?: string
}

export interface MemoryService {
  /** Learns from what a person wrote, in the background, after the answer. */
  remember(actor: Actor, said: Said): void
  /** What bears on a text, best first; none when memory is off, late or fails. */
  recall(actor: Actor, request: RecallRequest): Promise<HeldMemory[]>
  /** The same as lines for a model: the person's own words, as data. */
  promptLines(actor: Actor, request: RecallRequest): Promise<string[]>
  /** What applies to every answer of a session, without a model; nothing while memory is off. One statement of the caller's transaction. */
  applied(tx: Transaction, sessionId?: string): Promise<AppliedMemory>
  /** What answers a message that is about memory alone, such as "remember that …"; undefined for every other. */
  readCommand(actor: Actor, text: string): MemoryCommand | undefined
  list(actor: Actor, page: { q?: string | undefined; history?: boolean; limit: number; cursor?: string | undefined }): Promise<MemoryList>
  /** @throws AppError FORBIDDEN for what is everybody's, VALIDATION for a secret, CONFLICT while memory is off or full */
  create(actor: Actor, memory: NewMemoryInput): Promise<Memory>
  /** @throws AppError NOT_FOUND, FORBIDDEN, VALIDATION */
  change(actor: Actor, id: string, text: string): Promise<Memory>
  /** One memory with what it had replaced. @throws AppError NOT_FOUND, FORBIDDEN */
  delete(actor: Actor, id: string): Promise<void>
  /** Everything of the person's own. */
  deleteAll(actor: Actor): Promise<MemoryErasure>
  settings(actor: Actor): Promise<MemorySettings>
  changeSettings(actor: Actor, enabled: boolean): Promise<MemorySettings>
  /** Has what waits for a model read, in one workspace or in all; resolves when nothing more is to be done now. */
  readWaiting(workspaceId?: string): Promise<void>
  /** Whether the model did not answer when it was last asked to read. */
  isReadingFailing(): boolean
  /** Resolves when nothing is being learned. */
  settled(): Promise<void>
  start(): void
  close(): Promise<void>
}

const mostMemories = 2000
const mostLooked = 500
const usualLimit = 12
/** What is found here is still told when a server elsewhere is late. */
const shareForServer = 0.8

function holdsSecret(): AppError {
  return new AppError('VALIDATION', 'Passwords, keys, and numbers of cards and accounts are not kept. Leave that part out.', {
    details: [{ field: 'text', message: 'This looks like a secret.' }],
  })
}

/** What is known of how a person works: learned from their own words, shown to them, and forgotten when they say so. */
export function createMemoryService(dependencies: MemoryDependencies): MemoryService {
  const { operations, clock, logger, enabled, timeoutMs, mem0, reading } = dependencies
  const learning = new Set<Promise<void>>()
  const run = <T>(actor: Actor, name: string, work: (tx: Transaction) => Promise<T>, readOnly = false): Promise<T> =>
    operations.run(actor, { name: `memory.${name}`, scope: 'chat', event: null, readOnly }, work)
  const told = (actor: Actor) => {
    // What the server has to know waits in the database; it is only told sooner.
    if (mem0 !== undefined) void mem0.sync.flush(actor.workspaceId)
  }

  /** In the transaction that has checked that memory is on. */
  async function keep(tx: Transaction, memories: readonly Extracted[], scope: MemoryScope, said: Said | undefined): Promise<string[]> {
    await lockMemories(tx, scope)
    if ((await countMemories(tx, scope)) + memories.length > mostMemories) throw new AppError('CONFLICT', 'The memory is full; delete some of it first.')
    const ids: string[] = []
    for (const memory of memories) ids.push(await keepMemory(tx, memory, { scope, said, now: clock.now(), queue: mem0 !== undefined }))
    return ids
  }

  async function learn(actor: Actor, said: Said): Promise<void> {
    const found = extractMemories(said.text)
    const waits = reading !== undefined && readMemoryRequest(said.text) === undefined && statementsForModel(said.text).length > 0
    if (found.length === 0 && !waits) return
    const ids = await run(actor, 'remember', async (tx) => {
      if (!(await sessionRemembers(tx, said.sessionId)) || !(await isEnabled(tx))) return []
      if (waits) await addReading(tx, said.messageId, { hourly: reading.model.mode === 'batch' })
      return found.length === 0 ? [] : await keep(tx, found, 'person', said)
    })
    if (ids.length > 0) told(actor)
  }

  /** What a model found, in the transaction that ends the waiting of its message: once, and only while that is there and memory is on. */
  async function learnRead(actor: Actor, { messageId, sessionId, text, saidAt }: Reading, found: readonly Extracted[]): Promise<void> {
    const ids = await run(actor, 'remember', async (tx) => {
      if (!(await dropReading(tx, messageId)) || found.length === 0) return []
      if (!(await sessionRemembers(tx, sessionId)) || !(await isEnabled(tx))) return []
      const current: Extracted[] = []
      // What was told since is newer, although it was learned first.
      for (const memory of found) if (!(await isToldSince(tx, memory.key, saidAt))) current.push(memory)
      const isFull = (await countMemories(tx, 'person')) + current.length > mostMemories
      return current.length === 0 || isFull ? [] : await keep(tx, current, 'person', { sessionId, messageId, text })
    })
    if (ids.length > 0) told(actor)
  }

  async function mayRecall(tx: Transaction, sessionId: string | undefined): Promise<boolean> {
    const [isOn, recalls] = await Promise.all([isEnabled(tx), sessionId === undefined || sessionRecalls(tx, sessionId)])
    return isOn && recalls
  }

  async function held(actor: Actor, sessionId: string | undefined): Promise<HeldMemory[]> {
    return run(
      actor,
      'recall',
      async (tx) => {
        // Asked all at once, for a first word waits for it.
        const [isOn, memories] = await Promise.all([mayRecall(tx, sessionId), currentMemories(tx, mostLooked)])
        return isOn ? memories : []
      },
      true,
    )
  }

  async function search(actor: Actor, { text, limit = usualLimit, sessionId }: RecallRequest): Promise<HeldMemory[]> {
    const memories = await held(actor, sessionId)
    if (memories.length === 0) return []
    // Asked only when something may be read at all.
    const meant =
      mem0 === undefined ? [] : await mem0.search.near(actor.workspaceId, actorId(actor), text, { limit, timeoutMs: Math.ceil(timeoutMs * shareForServer) })
    const found = relevantMemories(memories, { text, limit, meant })
    if (found.length > 0)
      inBackground(
        run(actor, 'use', (tx) =>
          noteUse(
            tx,
            found.map(({ id }) => id),
            clock.now(),
          ),
        ),
      )
    return found
  }

  function inBackground(work: Promise<unknown>): void {
    const working = work
      .then(() => undefined)
      .catch((error: unknown) => logger.warn({ err: error }, 'Something could not be kept in memory; the answer stands without it'))
      .finally(() => learning.delete(working))
    learning.add(working)
  }

  const mayUse = (actor: Actor) => enabled && actor.type === 'user' && hasScope(actor, 'chat')

  async function recall(actor: Actor, request: RecallRequest): Promise<HeldMemory[]> {
    if (!mayUse(actor)) return []
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<HeldMemory[]>((done) => {
      timer = setTimeout(done, timeoutMs, [])
    })
    const found = search(actor, request).catch((error: unknown) => {
      logger.warn({ err: error }, 'Memory could not be read; the answer goes on without it')
      return []
    })
    return await Promise.race([found, late]).finally(() => clearTimeout(timer))
  }

  /** @throws AppError NOT_FOUND for another person's, FORBIDDEN for everybody's */
  async function ownOf(tx: Transaction, id: string): Promise<Memory> {
    const memory = isUuid(id) ? await findMemory(tx, id) : undefined
    if (memory === undefined) throw notFound('The memory')
    if (memory.scope === 'workspace') operations.require(tx.actor, 'workspace:admin', 'memory.workspace')
    return memory
  }

  async function settings(tx: Transaction): Promise<MemorySettings> {
    const pending = mem0 === undefined ? 0 : await countQueued(tx)
    const waiting = reader === undefined ? 0 : await countReadings(tx)
    return { enabled: await isEnabled(tx), available: enabled, store: mem0 === undefined ? 'builtin' : 'mem0', pending, waiting }
  }

  async function deleteAll(actor: Actor): Promise<MemoryErasure> {
    const erasedAt = clock.now().toISOString()
    const query = (erasure: MemoryErasure) => ({ ...erasure })
    const erasure = await operations.run<MemoryErasure>(actor, { name: 'memory.deleteAll', scope: 'chat', event: 'PRIVACY', query }, async (tx) => {
      await lockMemories(tx, 'person')
      const ids = await deleteOwnMemories(tx)
      return { deleted: ids.length, erasedAt, sha256: createHash('sha256').update(ids.sort().join('\n')).digest('hex') }
    })
    told(actor)
    return erasure
  }

  const reader = reading && enabled ? createMemoryReading({ ...reading, logger, learn: learnRead }) : undefined
  const commands = createMemoryCommands({ run, keep, enabled, told, deleteAll, clock })

  async function settled(): Promise<void> {
    while (learning.size > 0) await Promise.all(learning)
  }

  return {
    remember(actor, said) {
      if (mayUse(actor)) inBackground(learn(actor, said))
    },
    recall,
    promptLines: async (actor, request) => toPromptLines(await recall(actor, request)),
    async applied(tx, sessionId) {
      if (!mayUse(tx.actor)) return {}
      const [isOn, memories] = await Promise.all([mayRecall(tx, sessionId), currentMemories(tx, mostLooked)])
      return isOn ? toApplied(memories) : {}
    },
    readCommand: (actor, text) => (actor.type === 'user' ? commands.read(text) : undefined),
    list: (actor, { q = '', history = false, limit, cursor }) =>
      run(
        actor,
        'list',
        async (tx) => {
          const words = fold(q).match(/[\p{L}\p{N}]+/gu) ?? []
          const after = cursor === undefined ? undefined : fromMemoryCursor(cursor)
          const rows = await listMemories(tx, { words, history, after, limit: limit + 1 })
          const items = rows.slice(0, limit)
          const last = items.at(-1)
          return { items, nextCursor: rows.length > limit && last !== undefined ? toMemoryCursor(last) : null, total: await countFound(tx, { words, history }) }
        },
        true,
      ),
    async create(actor, { text, scope }) {
      if (scope === 'workspace') operations.require(actor, 'workspace:admin', 'memory.create')
      const extracted = extractStatement(text)
      if (extracted === undefined) throw holdsSecret()
      const memory = await run(actor, 'create', async (tx) => {
        if (!enabled || !(await isEnabled(tx))) throw new AppError('CONFLICT', 'Memory is switched off; switch it on and try again.')
        const [id = ''] = await keep(tx, [extracted], scope, undefined)
        return (await findMemory(tx, id)) as Memory
      })
      told(actor)
      return memory
    },
    async change(actor, id, text) {
      const extracted = extractStatement(text)
      if (extracted === undefined) throw holdsSecret()
      const memory = await run(actor, 'change', async (tx) => {
        const { scope, supersededAt } = await ownOf(tx, id)
        if (supersededAt !== null) throw new AppError('CONFLICT', 'This is history: something newer took its place. Change that one, or delete it.')
        await lockMemories(tx, scope)
        if (await isKeyTaken(tx, id, scope, extracted.key))
          throw new AppError('CONFLICT', 'Another memory says something else about the same. Change that one, or delete it first.')
        await changeMemory(tx, id, extracted, clock.now())
        return (await findMemory(tx, id)) as Memory
      })
      told(actor)
      return memory
    },
    async delete(actor, id) {
      await run(actor, 'delete', async (tx) => {
        await ownOf(tx, id)
        await deleteMemories(tx, [id])
      })
      told(actor)
    },
    deleteAll,
    settings: (actor) => run(actor, 'settings', settings, true),
    changeSettings: (actor, on) =>
      run(actor, 'changeSettings', async (tx) => {
        await lockMemories(tx, 'person')
        await saveEnabled(tx, on, clock.now())
        return await settings(tx)
      }),
    readWaiting: async (workspaceId) => reader?.read(workspaceId),
    isReadingFailing: () => reader?.isFailing() === true,
    settled,
    start() {
      mem0?.sync.start()
      reader?.start()
    },
    async close() {
      await settled()
      await Promise.all([reader?.stop(), mem0?.sync.stop()])
    },
  }
}
