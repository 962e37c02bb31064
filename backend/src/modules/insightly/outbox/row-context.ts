import type { Transaction } from '#backend/infra/database/database.ts'
import type { CallOptions } from '../client/calls.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import type { OutboxRow } from './outbox-row.ts'

/** What a change needs to be delivered. */
export interface RowContext {
  readonly row: OutboxRow
  readonly client: InsightlyClient
  readonly call: CallOptions
  readonly ownUserId: number
  /** Kinds of records that the account does not have. */
  readonly notInPlan: ReadonlySet<string>
  readonly settleMs: number
  now(): Date
  /** Runs as the mirror, while this process has the outbox. @throws LeaseLost */
  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Keeps two creates that look the same from being under way at once; false when another one is. */
  claim(body: string): boolean
  /** @throws the reason for which nothing more is to be sent */
  throwIfStopped(): void
}

/** How a delivery ended, when it did not fail. */
export type Outcome =
  | { kind: 'done'; note?: string | undefined; conflicts?: number | undefined }
  /** It cannot be there, and stays here. */
  | { kind: 'dropped'; note: string }
  /** Records it refers to come first, as `<entity> <id>`, or a create that looks the same. */
  | { kind: 'waits'; keys: string[]; note?: string | undefined }
  /** It was taken back meanwhile. */
  | { kind: 'gone' }

export class LeaseLost extends Error {}
