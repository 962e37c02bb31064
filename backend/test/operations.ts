import type { Database } from '#backend/infra/database/database.ts'
import { createLogs } from '#backend/infra/logger/logger.ts'
import { type Clock, createClock } from '#backend/kernel/clock.ts'
import { type Audit, createAudit } from '#backend/modules/security/audit/audit.service.ts'
import type { NewSecurityEvent } from '#backend/modules/security/events/security-event.ts'
import { createOperations, type ObservedOperation, type Operations } from '#backend/modules/security/operations.ts'

export interface TestOperations {
  operations: Operations
  audit: Audit
  /** Security events recorded so far. */
  events: NewSecurityEvent[]
  observed: ObservedOperation[]
}

const { logger, secrecy } = createLogs({ level: 'fatal', file: undefined, auditFile: undefined, debug: undefined })

/** The choke point over a test's database, with its real audit trail. */
export function createTestOperations(database: Database, clock: Clock = createClock()): TestOperations {
  const events: NewSecurityEvent[] = []
  const observed: ObservedOperation[] = []
  const audit = createAudit({ database, clock, logger, secrecy })
  const operations = createOperations({ database, audit, events: { record: (event) => void events.push(event) }, observe: (seen) => void observed.push(seen) })
  return { operations, audit, events, observed }
}
