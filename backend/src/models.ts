import type { Config } from './config/index.ts'
import { type Database, sql } from './infra/database/database.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Metrics } from './infra/metrics/metrics.ts'
import { createModelBatches } from './infra/models/model-batches.ts'
import type { ModelLedger } from './infra/models/model-call.ts'
import { createModels } from './infra/models/models.ts'
import { pricesAsOf } from './infra/models/prices.ts'
import type { Actor } from './kernel/actor.ts'
import type { Clock } from './kernel/clock.ts'
import { memoryAgent } from './memory.ts'
import { createBudgetsService, createInFlight, createModelsService, createPromptAudit, createUsageLedger, createUsageService } from './modules/models/index.ts'
import { createKeyRing, type Operations } from './modules/security/index.ts'

export interface ModelParts {
  database: Database
  operations: Operations
  logs: Logs
  metrics: Pick<Metrics, 'observeModelCall'>
  clock: Clock
  /** Ids of the agents. */
  agents: readonly string[]
}

export type ModelServices = ReturnType<typeof createModelServices>

/** Language models, wired: the part of the composition root that asks other companies' servers and keeps the books of it. */
export function createModelServices(config: Config, { database, operations, logs, metrics, clock, agents }: ModelParts) {
  const { security, performance } = config
  const logger = logs.forModule('crm:models')
  const inFlight = createInFlight()
  const ledger = createUsageLedger({ database, inFlight, logger })
  const budgets = createBudgetsService({ database, operations, clock, inFlight, installationUsdPerDay: config.models.dailyBudgetUsd })
  const keyRing = createKeyRing({ current: security.encryptionKey, previous: security.encryptionKeyPrevious })
  const promptAudit = createPromptAudit({ database, operations, keyRing, logger, flush: ledger.flush })
  const reachable = config.application.safeMode ? withoutModels(config.models) : config.models
  const books: ModelLedger = {
    reserve: (caller, usd) => budgets.reserve(caller, usd),
    note: ledger.note,
    ...(config.models.audit ? { keep: promptAudit.keep } : {}),
  }
  const models = createModels(reachable, {
    ledger: books,
    logger,
    clock,
    observe: metrics.observeModelCall,
    dataVersion: performance.cacheEnabled ? (actor) => readDataVersion(database, actor) : undefined,
  })
  const { timeoutMs, chunkTimeoutMs, maxTokens, temperature, maxConcurrency, maxQueue, audit: isAudited } = config.models
  const limits = { timeoutMs, chunkTimeoutMs, maxTokens, temperature, maxConcurrency, maxQueue }
  return {
    models,
    /** Undefined where the first provider takes none. */
    batches: createModelBatches(reachable, { agent: memoryAgent, ledger: books, clock, observe: metrics.observeModelCall }),
    modelsService: createModelsService({ models, budgets, agents, limits, isAudited, pricesAsOf }),
    modelUsage: createUsageService({ operations, clock, flush: ledger.flush }),
    modelBudgets: budgets,
    promptAudit,

    /** Keeps what was noted. */
    async close(): Promise<void> {
      await ledger.close()
      await promptAudit.close()
    },
  }
}

/** Nothing may leave this machine. */
function withoutModels(models: Config['models']): Config['models'] {
  const none = { openaiApiKey: undefined, openaiBaseUrl: undefined, azureApiKey: undefined, fallbackApiKey: undefined, fallbackBaseUrl: undefined }
  return { ...models, ...none }
}

async function readDataVersion(database: Database, actor: Actor): Promise<number | undefined> {
  const [row] = await database.transaction(
    actor,
    (tx) => tx.query<{ version: number }>(sql`select version from data_versions where workspace_id = ${tx.workspaceId}`),
    { readOnly: true },
  )
  return row?.version ?? 0
}
