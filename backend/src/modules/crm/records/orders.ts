import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { insertRecords, type StorableRecord, type WriteOptions } from './record-writer.ts'

/** One line of an order, typed; `sku` finds the product. */
export interface OrderLine {
  sku: string | null
  description: string | null
  /** Negative for a return; decimal string or number. */
  quantity: string | number
  /** Decimal string. */
  unit_price: string
}

export interface OrderWithLines {
  order: StorableRecord
  lines: readonly OrderLine[]
}

/** Inserts orders with their lines in bulk and sums them up; returns the order ids. */
export async function insertOrders(tx: Transaction, orders: readonly OrderWithLines[], options: WriteOptions): Promise<string[]> {
  const ids = await insertRecords(
    tx,
    'orders',
    orders.map(({ order }) => order),
    options,
  )
  await insertLines(
    tx,
    orders.map(({ lines }, index) => ({ orderId: ids[index] as string, lines })),
    options,
  )
  return ids
}

/** Replaces the lines of existing orders. */
export async function replaceOrderLines(
  tx: Transaction,
  orders: readonly { orderId: string; lines: readonly OrderLine[] }[],
  options: WriteOptions,
): Promise<void> {
  if (orders.length === 0) return
  await tx.query(
    sql`delete from order_lines where workspace_id = ${tx.workspaceId} and order_ref = any(${sql.param(orders.map(({ orderId }) => orderId))}::uuid[])`,
  )
  await insertLines(tx, orders, options)
}

async function insertLines(tx: Transaction, orders: readonly { orderId: string; lines: readonly OrderLine[] }[], options: WriteOptions): Promise<void> {
  const rows = orders.flatMap(({ orderId, lines }) => lines.map((line, position) => ({ id: newId(), order: orderId, position, ...line })))
  if (rows.length > 0) {
    await tx.query(sql`
      insert into order_lines (workspace_id, id, order_ref, position, contact_id, organisation_id, customer, ordered_at, product_id, sku, description, quantity, unit_price, currency, created_at, import_id)
      select o.workspace_id, x.id, o.id, x.position, o.contact_id, o.organisation_id, o.customer, o.ordered_at, p.id, x.sku, coalesce(x.description, p.name), x.quantity, x.unit_price, o.currency, ${options.now.toISOString()}, ${options.importId ?? null}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, "order" uuid, position integer, sku text, description text, quantity numeric, unit_price numeric)
      join orders o on o.workspace_id = ${tx.workspaceId} and o.id = x."order"
      left join products p on p.workspace_id = o.workspace_id and p.sku = x.sku and p.deleted_at is null`)
  }
  await tx.query(sql`
    update orders o set total = s.total, line_count = s.lines
    from (select ids.id, coalesce(sum(l.amount), 0) as total, count(l.id)::int as lines
          from unnest(${sql.param(orders.map(({ orderId }) => orderId))}::uuid[]) as ids(id)
          left join order_lines l on l.workspace_id = ${tx.workspaceId} and l.order_ref = ids.id group by ids.id) s
    where o.workspace_id = ${tx.workspaceId} and o.id = s.id`)
}
