import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { BatchMessage, ModelBatches } from '#backend/infra/models/model-batches.ts'
import type { ModelCaller } from '#backend/infra/models/model-call.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { holdsContactDetails, statementsForModel } from '../extract/statements.ts'
import type { Extracted } from '../memory.types.ts'
import type { NotedCall } from './batches.repository.ts'
import type { Reading } from './readings.repository.ts'

/** The language model that reads what no rule understands, behind everybody who waits for an answer. */
export interface ReadingModel {
  /** `MEMORY_MODEL` */
  mode: 'calls' | 'batch'
  /** @throws AppError RATE_LIMITED when a budget is used up, or what its provider does wrong */
  ask(caller: ModelCaller, messages: readonly BatchMessage[], signal: AbortSignal): Promise<string>
  /** The longest that takes. */
  callSeconds: number
  /** Where the provider takes any. */
  batches: ModelBatches | undefined
  /** Whether the workspace lets no e-mail address or telephone number into a prompt. */
  masksPeople(actor: Actor): Promise<boolean>
}

export interface ReadingDependencies {
  database: Database
  homeWorkspaceId: string
  logger: Pick<Logger, 'warn' | 'debug'>
  model: ReadingModel
  /** Learns what was found in a message, unless that is gone or memory is off, and ends its waiting. */
  learn(actor: Actor, reading: Reading, found: readonly Extracted[]): Promise<void>
}

export function jobOf(workspaceId: string): Actor {
  return { type: 'system', workspaceId, job: 'memory' }
}

export function inJob<T>(database: Database, workspaceId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database.transaction(jobOf(workspaceId), work)
}

/** As whom it is learned: the person who wrote it, with the rights they have now. */
export function personOf(workspaceId: string, { userId, name, role }: Reading): Actor {
  return { type: 'user', workspaceId, userId, name, role, via: 'session' }
}

/** On whose account it is asked. */
export function callerOf(workspaceId: string, { userId, sessionId, messageId }: Omit<NotedCall, 'id'>): ModelCaller {
  return { actor: { type: 'user', workspaceId, userId, name: '', role: 'viewer', via: 'session' }, purpose: 'extract', sessionId, messageId, background: true }
}

/** What of a message may be asked about now; nothing when it may not leave any more. */
export function sentencesOf({ isWanted, text }: Reading, masks: boolean): string[] {
  return !isWanted || (masks && holdsContactDetails(text)) ? [] : statementsForModel(text)
}
