import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { createClock } from '#backend/kernel/clock.ts'
import { type AnswerContext, type Answerer, createAgentService, type ModelRunner, type PlannerOutcome } from '#backend/modules/agents/index.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../test/harness.ts'
import { createTestOperations, type TestOperations } from '../../../test/operations.ts'
import { nothingProposed } from '../../../test/proposals.ts'
import type { AnswerCompanion } from './answer-companion.ts'
import { type ChatService, type ChatServiceDependencies, createChatService } from './chat.service.ts'
import type { ChatLimits } from './chat-limits.ts'

export type Script = (message: string, context: AnswerContext) => PlannerOutcome | Promise<PlannerOutcome>

export interface ChatWorld extends TestWorkspace, TestOperations {
  chat: ChatService
  folder: string
  logLines(): Record<string, unknown>[]
  /** The service as another process, or this one after a restart, has it. */
  restart(script?: Script): ChatService
  /** The service as another server of the same database has it. */
  elsewhere(folder: string): ChatService
}

export interface ChatWorldOptions {
  limits?: Partial<ChatLimits>
  clock?: ReturnType<typeof createClock>
  proposals?: ChatServiceDependencies['proposals'] | ((known: Pick<ChatServiceDependencies, 'operations' | 'clock'>) => ChatServiceDependencies['proposals'])
  companions?: readonly AnswerCompanion[]
  model?: ModelRunner
}

/** A chat service on the real database whose answers come from a script. */
export async function createChatWorld(
  script: Script,
  { limits, clock = createClock('2026-11-20T15:00:00.000Z'), proposals = nothingProposed, companions = [], model }: ChatWorldOptions = {},
): Promise<ChatWorld> {
  const workspace = await createTestWorkspace({ timeZone: 'Europe/Paris' })
  const tested = createTestOperations(workspace.database, clock)
  const { operations } = tested
  const folder = await mkdtemp(join(tmpdir(), 'chatsg-sessions-'))
  const lines: Record<string, unknown>[] = []
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const services: ChatService[] = []
  onTestFinished(async () => {
    for (const service of services) await service.drain(0)
    await rm(folder, { recursive: true, force: true })
  })
  const start = (answers: Script, sessionsFolder = folder): ChatService => {
    const answerer: Answerer = { answer: async (_tx, message, context) => await answers(message, context) }
    const agents = createAgentService({ database: workspace.database, operations, clock, logger, model })
    const service = createChatService({
      database: workspace.database,
      operations,
      clock,
      agents,
      answerer,
      proposals: typeof proposals === 'function' ? proposals({ operations, clock }) : proposals,
      companions,
      sessionsFolder,
      logger,
      ...(limits === undefined ? {} : { limits }),
    })
    services.push(service)
    return service
  }
  return {
    ...workspace,
    ...tested,
    chat: start(script),
    folder,
    logLines: () => lines,
    restart: (answers = script) => start(answers),
    elsewhere: (other) => start(script, other),
  }
}

export function answered(text: string, more: Partial<PlannerOutcome> = {}): PlannerOutcome {
  return { kind: 'answer', confidence: 1, text, parts: [], citations: [], coverage: null, memory: null, plan: null, ...more }
}

/** A promise with its handle, to hold an answer open. */
export function gate(): { opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: () => resolve() }
}
