import type { Config } from './config/index.ts'
import type { Logs } from './infra/logger/logger.ts'
import type { Metrics } from './infra/metrics/metrics.ts'
import type { Clock } from './kernel/clock.ts'
import type { ChatService } from './modules/chat/index.ts'
import { createRetention } from './modules/monitoring/index.ts'
import type { Security } from './security.ts'

export interface RetentionDependencies {
  security: Pick<Security, 'audit' | 'operations'>
  chat: Pick<ChatService, 'removeTranscripts' | 'listOldTranscripts'>
  metrics: Pick<Metrics, 'countJob'>
  homeWorkspaceId: string
  logs: Logs
  clock: Clock
}

/** What is kept for a time only, wired once. */
export function createRetentionService(config: Config, { security, chat, metrics, homeWorkspaceId, logs, clock }: RetentionDependencies) {
  const { sessionDays, undoDays, auditDays } = config.retention
  return createRetention({
    operations: security.operations,
    clock,
    homeWorkspaceId,
    days: { session: sessionDays, undo: undoDays, audit: auditDays, exchange: config.models.auditRetentionDays },
    retireAudit: (before) => security.audit.retire(before),
    transcripts: { remove: chat.removeTranscripts, listOld: chat.listOldTranscripts },
    observe: (outcome) => metrics.countJob('retention', outcome),
    logger: logs.forModule('retention'),
  })
}
