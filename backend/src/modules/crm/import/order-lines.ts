import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { ErrorDetail } from '#backend/kernel/errors.ts'
import { parseValue } from '../records/parse-value.ts'

/** One line of an order as a row gives it; decimals without trailing zeros. */
export interface ParsedLine {
  sku: string | null
  description: string | null
  /** Negative for a return. */
  quantity: string
  /** Null until the product's own price is looked up. */
  unit_price: string | null
}

/** Whether the row says anything about a line; a row may also hold an order without lines. */
export function hasLine(raw: Readonly<Record<string, string>>): boolean {
  return raw.sku !== undefined || raw.description !== undefined || raw.quantity !== undefined || raw.unit_price !== undefined
}

/** A row's line: one piece where no quantity is given, the product's price where no price is. */
export function parseLine(raw: Readonly<Record<string, string>>, errors: ErrorDetail[]): ParsedLine | undefined {
  const before = errors.length
  const value = (column: string, type: 'text' | 'money', label: string): string | null => {
    const parsed = parseValue(type, raw[column], {}, { timeZone: 'UTC' })
    if (!('problem' in parsed)) return parsed.value as string | null
    errors.push({
      field: column,
      message: `${label} ${parsed.problem.replace('an amount', type === 'money' && column === 'quantity' ? 'a number' : 'an amount')}.`,
    })
    return null
  }
  const line = {
    sku: value('sku', 'text', 'SKU'),
    description: value('description', 'text', 'Description'),
    quantity: trimZeros(value('quantity', 'money', 'Quantity') ?? '1'),
    unit_price: value('unit_price', 'money', 'Unit price'),
  }
  if (line.unit_price !== null) line.unit_price = trimZeros(line.unit_price)
  return errors.length > before ? undefined : line
}

function trimZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

/** Gives lines without a price that of their product, or nothing when there is none. */
export async function priceLines(tx: Transaction, lines: readonly ParsedLine[]): Promise<void> {
  const unpriced = lines.filter(({ unit_price }) => unit_price === null)
  if (unpriced.length === 0) return
  const skus = [...new Set(unpriced.flatMap(({ sku }) => sku ?? []))]
  const rows = await tx.query<{ sku: string; price: string }>(sql`
    select sku, trim_scale(price)::text as price from products
    where workspace_id = ${tx.workspaceId} and sku = any(${sql.param(skus)}::text[]) and price is not null and deleted_at is null`)
  const prices = new Map(rows.map(({ sku, price }) => [sku, price]))
  for (const line of unpriced) line.unit_price = (line.sku === null ? undefined : prices.get(line.sku)) ?? '0'
}
