import type { Transaction } from '#backend/infra/database/database.ts'
import type { ProposingTool } from '#backend/kernel/tool.ts'

/** A record as a change found it and left it; null where it was not there. */
export interface ChangedRecord {
  /** Name of an entity, or another noun such as `email_outbox`. */
  entity: string
  id: string
  label: string
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

export interface AppliedChange {
  /** What it does, as one line without a full stop: "Delete the contact Casey White". */
  title: string
  records: ChangedRecord[]
  /** Whatever `undo` needs beside the records, as JSON. */
  undo?: Record<string, unknown>
}

export interface ChangeContext {
  /** Of the proposal; under it the rows are kept that the change touches. */
  id: string
  now: Date
  /** IANA name of the person's time zone. */
  timeZone: string
}

/** Something that can be proposed, applied once, and taken back. */
export interface Change<Input = unknown> extends ProposingTool {
  /** How much harm it could do. */
  risk(input: Input): 'low' | 'medium' | 'high'
  /** The value it decides about, for policies with a limit. */
  amount?(input: Input, applied: AppliedChange): { value: string; currency: string } | undefined
  /**
   * Does it, as the transaction's actor. It is also how a proposal is previewed: in a transaction that is rolled back.
   * @throws AppError VALIDATION, NOT_FOUND, CONFLICT
   */
  apply(tx: Transaction, input: Input, context: ChangeContext): Promise<AppliedChange>
  /**
   * Puts back what was before.
   * @throws AppError CONFLICT, naming the fields that somebody has changed since
   */
  undo(tx: Transaction, applied: AppliedChange, context: ChangeContext): Promise<void>
}
