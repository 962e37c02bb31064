import { onTestFinished } from 'vitest'
import { parseConfig } from '#backend/config/index.ts'
import { createModelBatches, type ModelBatches } from '#backend/infra/models/model-batches.ts'
import type { ModelCall, ModelCaller } from '#backend/infra/models/model-call.ts'
import { createMemoryService, type MemoryDependencies } from '#backend/modules/memory/memory.service.ts'
import { createMemoryWorld, type Person } from '#backend/modules/memory/memory.testing.ts'
import type { ReadingModel } from '#backend/modules/memory/reading/reading-model.ts'
import { type AskedLine, type LineReply, startFakeBatches } from './fakes/model/batches.ts'

const key = 'sk-of-the-test'
/** What no rule understands. */
export const north = 'Since May I have been leading the north team.'

/** An answer that finds a team. */
export const told = (value: string, more: object = {}) => ({
  text: JSON.stringify({ found: [{ kind: 'fact', subject: 'me', key: 'Team', value, ...more }] }),
})

/** A memory whose model is asked in batches, at a provider that answers when it is told to. */
export async function createReadingWorld(options: { reserve?: (caller: ModelCaller) => void; masks?: boolean } = {}) {
  const provider = await startFakeBatches({ key })
  onTestFinished(() => provider.close())
  const booked: ModelCall[] = []
  const world = await createMemoryWorld({})
  const { models } = parseConfig({ OPENAI_BASE_URL: provider.url, OPENAI_API_KEY: key, OPENAI_MODEL: 'gpt-4o' })
  const ledger = {
    async reserve(caller: ModelCaller) {
      options.reserve?.(caller)
      return () => undefined
    },
    note: (call: ModelCall) => void booked.push(call),
  }
  const batches = createModelBatches(models, { agent: 'memory', ledger, clock: world.clock }) as ModelBatches
  const never = () => Promise.reject(new Error('No single call is made here.'))
  /** Another process, which may be stopped at any point. */
  const build = (model: Partial<ReadingModel> = {}) => {
    const whole: ReadingModel = { mode: 'batch', batches, ask: never, callSeconds: 60, masksPeople: async () => options.masks === true, ...model }
    const { operations, clock, logger, database, workspaceId } = world
    const dependencies: MemoryDependencies = {
      operations,
      clock,
      logger,
      enabled: true,
      timeoutMs: 2000,
      reading: { model: whole, database, homeWorkspaceId: workspaceId },
    }
    const memory = createMemoryService(dependencies)
    onTestFinished(() => memory.close())
    return { ...world, memory }
  }
  const { memory } = build()
  const { gold, workspaceId } = world
  const write = (actor: Person, sessionId: string, text: string) => world.write(actor, sessionId, text, memory)
  const read = (of: Pick<typeof memory, 'readWaiting'> = memory) => of.readWaiting(workspaceId)
  /** What waits for its time has waited long enough. */
  const later = async () => {
    for (const table of ['memory_readings', 'memory_batches']) await gold(`update ${table} set next_at = now() - interval '1 second' where workspace_id = $1`)
  }
  return {
    ...world,
    build,
    memory,
    batches,
    provider,
    booked,
    write,
    read,
    later,
    /** A message of which the provider has been asked. */
    async sent(actor: Person, text = north) {
      const sessionId = await world.begin(actor)
      const messageId = await write(actor, sessionId, text)
      await later()
      await read()
      return { sessionId, messageId }
    },
    /** The provider answers every question, and it is looked for. */
    async answered(reply: (line: AskedLine, index: number) => LineReply, status?: 'expired' | 'failed') {
      provider.work(reply, status)
      await later()
      await read()
    },
    waiting: async (actor: Person) => (await memory.settings(actor)).waiting,
    rows: async (table: 'memory_readings' | 'memory_batches') => gold(`select * from ${table} where workspace_id = $1`),
  }
}
