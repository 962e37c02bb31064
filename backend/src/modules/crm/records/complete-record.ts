import { type EntityName, entities } from '#contracts/entities.ts'
import type { RecordValues } from './parse-record.ts'

export interface CompletionContext {
  now: Date
  /** The workspace's currency, for amounts given without one. */
  currency: string
}

/** Fills what follows from the rest of a new record: the currency of an amount, the time a stage was entered, a product's name. */
export function completeNewRecord(entity: EntityName, values: RecordValues, context: CompletionContext): void {
  const now = context.now.toISOString()
  if (entity === 'opportunities') {
    if (values.value != null) values.currency ??= context.currency
    values.stage_changed_at ??= values.created_at ?? now
  }
  if (entity === 'products') {
    values.name ??= values.description ?? values.sku
    if (values.price != null || values.cost != null) values.currency ??= context.currency
  }
  if (entity === 'orders') values.currency ??= context.currency
  if ((entity === 'quotes' || entity === 'quote_lines') && amountsOf(entity).some((key) => values[key] != null)) values.currency ??= context.currency
}

/** What follows from a change a person makes: a new stage restarts its age, a closed deal gets its closing day, a done task its time. */
export function completeChange(
  entity: EntityName,
  before: Readonly<Record<string, unknown>>,
  values: RecordValues,
  context: CompletionContext & { today: string },
): void {
  const now = context.now.toISOString()
  if (entity === 'opportunities') {
    if (values.stage_id !== undefined && values.stage_id !== before.stage_id) values.stage_changed_at ??= now
    const closes = values.state !== undefined && values.state !== before.state && values.state !== 'open' && values.state !== 'suspended'
    if (closes && before.actual_close_date === null) values.actual_close_date ??= context.today
    if (values.state === 'open' && before.state !== 'open' && values.actual_close_date === undefined) values.actual_close_date = null
    if (values.value != null && before.currency === null) values.currency ??= context.currency
  }
  if ((entity === 'quotes' || entity === 'quote_lines') && before.currency === null && amountsOf(entity).some((key) => values[key] != null))
    values.currency ??= context.currency
  if (entity === 'tasks' && values.status !== undefined && values.completed_at === undefined) {
    if (isDone(values.status) && before.completed_at === null) values.completed_at = now
    if (!isDone(values.status) && isDone(before.status)) values.completed_at = null
  }
}

function amountsOf(entity: EntityName): string[] {
  return Object.entries(entities[entity].fields).flatMap(([key, { type }]) => (type === 'money' ? [key] : []))
}

function isDone(status: unknown): boolean {
  return typeof status === 'string' && /^(done|completed?|closed|finished|erledigt|abgeschlossen)$/i.test(status)
}
