import { setTimeout as sleep } from 'node:timers/promises'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import { type Actor, requireScope, type Scope } from '#backend/kernel/actor.ts'
import { AppError, type ErrorCode } from '#backend/kernel/errors.ts'
import { traced } from '#backend/kernel/tracing.ts'
import type { AuditTrail } from './audit/audit-trail.ts'
import type { SecurityEventSink } from './events/security-event.ts'

export interface Operation<T = unknown> {
  /** Such as `contacts.update`. */
  name: string
  scope: Scope
  /** What is asked or changed, for the audit trail; a function tells it from the outcome. */
  query?: Record<string, unknown> | ((outcome: T) => Record<string, unknown>)
  /** Kind of audit entry; CRM_ACCESS when left out. `null` is for what is not access to records, such as one's own conversations: only a refusal is kept. */
  event?: string | null
}

export interface TransactedOperation<T> extends Operation<T> {
  readOnly?: boolean
  statementTimeoutMs?: number
}

/** The entry of an operation that runs its own transactions. */
export interface OperationEntry {
  /** Keeps the entry exactly when this transaction is; without it, the entry is noted when the operation has succeeded. */
  append(tx: Transaction, query?: Record<string, unknown>): Promise<void>
}

export interface Operations {
  /**
   * The one way to the records: requires the scope, opens a transaction as the actor, runs the work and keeps one entry in the audit trail.
   * @throws AppError FORBIDDEN when the actor lacks the scope, and whatever the work throws
   */
  run<T>(actor: Actor, operation: TransactedOperation<T>, work: (tx: Transaction) => Promise<T>): Promise<T>
  /** The same for work of many transactions or none, which opens them itself. */
  during<T>(actor: Actor, operation: Operation<T>, work: (entry: OperationEntry) => Promise<T>): Promise<T>
  /** Only requires the scope, and keeps a refusal. @throws AppError FORBIDDEN */
  require(actor: Actor, scope: Scope, name: string): void
}

/** One finished access to records by a person or an agent, for metrics. */
export interface ObservedOperation {
  operation: string
  status: 'ok' | 'error'
  seconds: number
  /** Why it failed, when that is known. */
  code?: ErrorCode
}

export interface OperationsDependencies {
  database: Database
  audit: AuditTrail
  events: SecurityEventSink
  observe?: (operation: ObservedOperation) => void
}

const defaultEvent = 'CRM_ACCESS'
const mostAttempts = 4
const patienceMs = 25

/** The choke point: whoever reads or changes records passes here. */
export function createOperations({ database, audit, events, observe }: OperationsDependencies): Operations {
  function require(actor: Actor, scope: Scope, name: string, event: string | null = defaultEvent): void {
    try {
      requireScope(actor, scope)
    } catch (error) {
      if (actor.type === 'user') {
        audit.note(actor, { event: event ?? defaultEvent, operation: name, outcome: 'denied', query: { scope } })
        events.record({
          type: 'authorization',
          severity: 'medium',
          details: { what: 'scope_refused', operation: name, scope, role: actor.role, via: actor.via },
          workspaceId: actor.workspaceId,
          userId: actor.userId,
        })
      }
      throw error
    }
  }

  function during<T>(actor: Actor, operation: Operation<T>, work: (entry: OperationEntry) => Promise<T>): Promise<T> {
    return traced(
      operation.name,
      () => ({ attributes: { 'chatsg.operation': operation.name } }),
      () => perform(actor, operation, work),
    )
  }

  async function perform<T>(actor: Actor, operation: Operation<T>, work: (entry: OperationEntry) => Promise<T>): Promise<T> {
    const { name, scope, query, event = defaultEvent } = operation
    const beganAt = performance.now()
    // Jobs of the system are nobody's access.
    const isKept = event !== null && actor.type === 'user'
    const entryOf = (outcome: 'ok' | 'error', asked: unknown) => ({ event: event ?? defaultEvent, operation: name, outcome, query: asked })
    const report = (status: ObservedOperation['status'], error?: unknown) => {
      if (!isKept) return
      const code = error instanceof AppError ? { code: error.code } : {}
      observe?.({ operation: name, status, seconds: (performance.now() - beganAt) / 1000, ...code })
    }
    try {
      require(actor, scope, name, event)
    } catch (error) {
      report('error', error)
      throw error
    }
    let isAppended = false
    try {
      const outcome = await work({
        async append(tx, asked = typeof query === 'function' ? undefined : query) {
          if (!isKept) return
          await audit.append(tx, entryOf('ok', asked))
          isAppended = true
        },
      })
      if (isKept && !isAppended) audit.note(actor, entryOf('ok', typeof query === 'function' ? query(outcome) : query))
      report('ok')
      return outcome
    } catch (error) {
      if (isKept) audit.note(actor, entryOf('error', typeof query === 'function' ? undefined : query))
      report('error', error)
      throw error
    }
  }

  return {
    require: (actor, scope, name) => require(actor, scope, name),
    during,
    run(actor, operation, work) {
      const { query, readOnly = false, statementTimeoutMs } = operation
      const options = { readOnly, ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }) }
      return during(actor, operation, (entry) =>
        unlessInterlocked(() =>
          database.transaction(
            actor,
            async (tx) => {
              const outcome = await work(tx)
              if (!readOnly) await entry.append(tx, typeof query === 'function' ? query(outcome) : query)
              return outcome
            },
            options,
          ),
        ),
      )
    },
  }
}

/** Two changes that wait for each other: the database ends one of them, which then simply goes second. */
async function unlessInterlocked<T>(transact: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact()
    } catch (error) {
      const isInterlocked = error instanceof AppError && (error.cause as { code?: string } | undefined)?.code === '40P01'
      if (!isInterlocked || attempt === mostAttempts) throw error
      // The other one is given the time to take what it waited for.
      await sleep(patienceMs * attempt * (1 + Math.random()))
    }
  }
}
