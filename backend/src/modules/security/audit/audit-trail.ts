import type { Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'

/** What somebody did; address, agent, session and request come from the request being served. */
export interface NewAuditEntry {
  /** Such as CRM_ACCESS, SIGN_IN, SIGN_OUT, ROLE_CHANGE, KEY_CHANGE, EXPORT, IMPORT, SETTING_CHANGE, PRIVACY: capitals, digits and `_`. */
  event: string
  /** Such as `contacts.update`. */
  operation: string
  outcome: 'ok' | 'denied' | 'error'
  /** What was asked or changed; sanitised and bounded before it is kept. */
  query?: unknown
}

export interface AuditTrail {
  /** Kept exactly when the transaction is: for changes. */
  append(tx: Transaction, entry: NewAuditEntry): Promise<void>
  /** Kept within a fraction of a second, outside any transaction: for reads and refusals. */
  note(actor: Actor, entry: NewAuditEntry): void
}
