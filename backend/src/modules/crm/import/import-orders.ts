import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { ErrorDetail } from '#backend/kernel/errors.ts'
import { completeNewRecord } from '../records/complete-record.ts'
import type { FieldChange } from '../records/history.ts'
import { insertOrders, type OrderLine, replaceOrderLines } from '../records/orders.ts'
import { parseRecord, type RecordValues, requireFields } from '../records/parse-record.ts'
import { updateRecords } from '../records/record-writer.ts'
import { resolveReferences } from '../records/resolve-references.ts'
import { type BatchImporter, emptyOutcome, type ImportContext, splitUnreadable } from './batch.ts'
import { rememberChanges } from './import-changes.ts'
import { createFinder, findExisting, keysOf } from './match-records.ts'
import { hasLine, type ParsedLine, parseLine, priceLines } from './order-lines.ts'
import type { RawRow } from './row-converter.ts'

const lineColumns = new Set(['sku', 'description', 'quantity', 'unit_price'])

/** One order of the batch: what its rows say about it, and its lines. */
interface PendingOrder {
  id: string | undefined
  recordId: string | undefined
  /** As the first row that names a customer writes it. */
  customer: string | undefined
  customerRow: number
  values: RecordValues
  errors: ErrorDetail[]
  rows: number[]
  lines: ParsedLine[]
}

/** Imports order lines, a row a line, where a batch holds every row of its orders; an order that was here gets the file's lines instead of its own. */
export const importOrders: BatchImporter = async (tx, rows, context) => {
  const outcome = emptyOutcome()
  const orders = new Map<string, PendingOrder>()
  for (const row of splitUnreadable(rows, outcome)) {
    const errors = addRow(orders, row, context)
    for (const { field = '', message } of errors) outcome.errors.push({ row: row.row, field, message })
    if (errors.length > 0) outcome.failed++
  }
  let sound = [...orders.values()].filter((order) => order.rows.length > 0)
  const report = (candidates: PendingOrder[]): PendingOrder[] =>
    candidates.filter(({ rows: own, errors }) => {
      if (errors.length === 0) return true
      for (const row of own) for (const { field = '', message } of errors) outcome.errors.push({ row, field, message })
      outcome.failed += own.length
      return false
    })
  await matchOrders(tx, sound)
  for (const order of sound) if (order.recordId === undefined) requireFields('orders', order.values, order.errors)
  sound = report(sound)
  await resolveReferences(tx, 'orders', sound, context)
  sound = report(sound)
  await priceLines(
    tx,
    sound.flatMap(({ lines }) => lines),
  )

  const created = sound.filter(({ recordId }) => recordId === undefined)
  for (const { values } of created) completeNewRecord('orders', values, context)
  await insertOrders(
    tx,
    created.map(({ values, lines }) => ({ order: values, lines: lines.map(toOrderLine) })),
    context,
  )
  for (const { rows: own } of created) outcome.created += own.length

  const changed = await updateExisting(
    tx,
    sound.filter((order): order is PendingOrder & { recordId: string } => order.recordId !== undefined),
    context,
  )
  for (const { recordId, rows: own } of sound) if (recordId !== undefined) outcome[changed.has(recordId) ? 'updated' : 'skipped'] += own.length
  return outcome
}

/** Adds a row to its order; returns what is wrong with the row itself. */
function addRow(orders: Map<string, PendingOrder>, { row, id, raw }: RawRow, context: ImportContext): ErrorDetail[] {
  const header = Object.fromEntries(Object.entries(raw).filter(([column]) => !lineColumns.has(column)))
  const { values, errors } = parseRecord('orders', header, { customFields: context.customFields, timeZone: context.timeZone, partial: true })
  const line = parseLine(raw, errors)
  const number = values.order_id
  if (typeof number !== 'string') errors.push({ field: 'order_id', message: 'Order number must be given.' })
  if (errors.length > 0 || typeof number !== 'string') return errors
  let order = orders.get(number)
  if (order === undefined) {
    order = { id, recordId: undefined, customer: undefined, customerRow: row, values: {}, errors: [], rows: [], lines: [] }
    orders.set(number, order)
  }
  const customer = values.customer as string | undefined
  if (customer !== undefined && order.customer !== undefined && customer !== order.customer) {
    return [
      { field: 'customer', message: `Order "${number}" belongs to customer "${order.customer}" in row ${order.customerRow}; one order has one customer.` },
    ]
  }
  if (customer !== undefined && order.customer === undefined) Object.assign(order, { customer, customerRow: row })
  // The first row that says something counts; of several times, the earliest.
  const earliest = [order.values.ordered_at, values.ordered_at].filter((time): time is string => typeof time === 'string').sort()[0]
  order.values = { ...values, ...order.values, custom: { ...values.custom, ...order.values.custom } }
  if (earliest !== undefined) order.values.ordered_at = earliest
  order.rows.push(row)
  if (line !== undefined && hasLine(raw)) order.lines.push(line)
  return []
}

async function matchOrders(tx: Transaction, orders: readonly PendingOrder[]): Promise<void> {
  const finder = createFinder<string>('orders')
  const keys = orders.map(({ id, values }) => keysOf('orders', id, values))
  for (const existing of await findExisting(tx, 'orders', keys)) finder.add(existing.keys, existing.id)
  orders.forEach((order, index) => {
    order.recordId = finder.find(keys[index] as ReturnType<typeof keysOf>)
  })
}

async function updateExisting(tx: Transaction, orders: readonly (PendingOrder & { recordId: string })[], context: ImportContext): Promise<Set<string>> {
  const changes: FieldChange[] = await updateRecords(
    tx,
    'orders',
    orders.map(({ recordId, values }) => ({ id: recordId, values })),
    context,
  )
  const current = await readLines(
    tx,
    orders.map(({ recordId }) => recordId),
  )
  const replaced = orders.filter(({ recordId, lines }) => lines.length > 0 && !sameLines(current.get(recordId) ?? [], lines))
  for (const { recordId, lines } of replaced) {
    changes.push({ recordId, field: 'lines', oldValue: current.get(recordId) ?? [], newValue: lines.map(toOrderLine) })
  }
  await replaceOrderLines(
    tx,
    replaced.map(({ recordId, lines }) => ({ orderId: recordId, lines: lines.map(toOrderLine) })),
    context,
  )
  const changed = new Set(changes.map(({ recordId }) => recordId))
  await repeatOrderOnLines(tx, [...changed])
  await rememberChanges(tx, 'orders', context.importId, changes)
  return changed
}

/** Lines repeat their order's customer, time and currency. */
export async function repeatOrderOnLines(tx: Transaction, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return
  await tx.query(sql`
    update order_lines l set contact_id = o.contact_id, organisation_id = o.organisation_id, customer = o.customer, ordered_at = o.ordered_at, currency = o.currency
    from orders o where o.workspace_id = ${tx.workspaceId} and o.id = any(${sql.param([...orderIds])}::uuid[]) and l.workspace_id = o.workspace_id and l.order_ref = o.id`)
}

/** The lines of these orders, in order. */
export async function readLines(tx: Transaction, orderIds: readonly string[]): Promise<Map<string, OrderLine[]>> {
  const lines = new Map<string, OrderLine[]>()
  if (orderIds.length === 0) return lines
  const rows = await tx.query<OrderLine & { order: string } & Record<string, unknown>>(sql`
    select order_ref as "order", sku, description, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price from order_lines
    where workspace_id = ${tx.workspaceId} and order_ref = any(${sql.param([...orderIds])}::uuid[]) and deleted_at is null order by order_ref, position`)
  for (const { order, ...line } of rows) {
    const own = lines.get(order)
    if (own === undefined) lines.set(order, [line])
    else own.push(line)
  }
  return lines
}

function sameLines(current: readonly OrderLine[], given: readonly ParsedLine[]): boolean {
  if (current.length !== given.length) return false
  return given.every((line, index) => {
    const now = current[index] as OrderLine
    // A line without a description takes its product's name.
    return (
      now.sku === line.sku &&
      (line.description === null || now.description === line.description) &&
      now.quantity === line.quantity &&
      now.unit_price === line.unit_price
    )
  })
}

function toOrderLine({ sku, description, quantity, unit_price }: ParsedLine): OrderLine {
  return { sku, description, quantity, unit_price: unit_price ?? '0' }
}
