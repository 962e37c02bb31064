import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError, type ErrorDetail } from '#backend/kernel/errors.ts'
import { type CompletionContext, completeNewRecord } from './complete-record.ts'
import { listCustomFields } from './custom-fields.repository.ts'
import { insertOrders, type OrderLine, replaceOrderLines } from './orders.ts'
import { parseRecord } from './parse-record.ts'
import { parseValue } from './parse-value.ts'
import type { RecordJson } from './record-reader.ts'
import { updateRecords } from './record-writer.ts'
import { resolveReferences } from './resolve-references.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'

export interface OrderLineJson {
  id: string
  sku: string | null
  description: string | null
  quantity: string
  unit_price: string
  amount: string
  currency: string | null
}

/** Lines of an order as they were written. */
export async function readOrderLines(tx: Transaction, orderId: string): Promise<OrderLineJson[]> {
  return tx.query<OrderLineJson & Record<string, unknown>>(sql`
    select id, sku, description, quantity, unit_price, amount, currency from order_lines
    where workspace_id = ${tx.workspaceId} and order_ref = ${orderId} order by position`)
}

export async function createOrder(tx: Transaction, input: Record<string, unknown>, context: CompletionContext): Promise<string> {
  const { lines = [], ...fields } = input
  const record = parseRecord('orders', fields, { customFields: await listCustomFields(tx, 'orders'), timeZone: 'UTC' })
  const parsed = parseLines(lines as Record<string, unknown>[], record.errors)
  throwIfInvalid(record.errors)
  await resolveReferences(tx, 'orders', [record], { createMissing: true, now: context.now })
  throwIfInvalid(record.errors)
  completeNewRecord('orders', record.values, context)
  await refuseTakenNumber(tx, record.values.order_id as string)
  const [id] = await insertOrders(tx, [{ order: record.values, lines: parsed }], { now: context.now })
  return id as string
}

/** Changes an order; a list of lines replaces them all. */
export async function updateOrder(tx: Transaction, before: RecordJson, input: Record<string, unknown>, now: Date): Promise<void> {
  const { lines, ...fields } = input
  const record = parseRecord('orders', fields, { customFields: await listCustomFields(tx, 'orders'), timeZone: 'UTC', partial: true })
  for (const key of ['order_id', 'customer', 'ordered_at']) if (record.values[key] === null) record.errors.push({ field: key, message: 'must not be empty' })
  const parsed = lines === undefined ? undefined : parseLines(lines as Record<string, unknown>[], record.errors)
  throwIfInvalid(record.errors)
  await resolveReferences(tx, 'orders', [record], { createMissing: true, now })
  throwIfInvalid(record.errors)
  if (typeof record.values.order_id === 'string') await refuseTakenNumber(tx, record.values.order_id, before.id)
  await updateRecords(tx, 'orders', [{ id: before.id, values: record.values }], { now })
  if (parsed !== undefined) await replaceOrderLines(tx, [{ orderId: before.id, lines: parsed }], { now })
  // Lines repeat these of their order.
  await tx.query(sql`
    update order_lines l set contact_id = o.contact_id, organisation_id = o.organisation_id, customer = o.customer, ordered_at = o.ordered_at, currency = o.currency
    from orders o where o.workspace_id = ${tx.workspaceId} and o.id = ${before.id} and l.workspace_id = o.workspace_id and l.order_ref = o.id`)
}

async function refuseTakenNumber(tx: Transaction, orderNumber: string, ownId?: string): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    sql`select id from orders where workspace_id = ${tx.workspaceId} and order_number = ${orderNumber} and deleted_at is null`,
  )
  if (rows.some(({ id }) => id !== ownId))
    throw new AppError('CONFLICT', `There already is an order "${orderNumber}".`, { details: [{ field: 'order_id', message: 'is taken' }] })
}

function parseLines(lines: readonly Record<string, unknown>[], errors: ErrorDetail[]): OrderLine[] {
  return lines.map((line, index) => {
    const value = (key: keyof OrderLine, type: 'text' | 'money') => {
      const parsed = parseValue(type, line[key], {}, { timeZone: 'UTC' })
      if ('problem' in parsed) errors.push({ field: `lines.${index}.${key}`, message: `${key} ${parsed.problem}.` })
      return 'problem' in parsed ? null : (parsed.value as string | null)
    }
    const [quantity, unitPrice] = [value('quantity', 'money'), value('unit_price', 'money')]
    if (quantity === null || unitPrice === null) errors.push({ field: `lines.${index}`, message: 'A line needs a quantity and a unit price.' })
    return { sku: value('sku', 'text'), description: value('description', 'text'), quantity: quantity ?? '0', unit_price: unitPrice ?? '0' }
  })
}
